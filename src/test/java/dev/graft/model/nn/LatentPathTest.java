package dev.graft.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class LatentPathTest {
  @Test
  void goesAlongTheCircleAndNotThroughIt() {
    double[] middle = LatentPath.at(new double[] {2, 0}, new double[] {0, 2}, 0.5);
    assertThat(middle[0]).isCloseTo(Math.sqrt(2), offset(1e-12));
    assertThat(middle[1]).isCloseTo(Math.sqrt(2), offset(1e-12));
    double[] third = LatentPath.at(new double[] {1, 0}, new double[] {0, 1}, 1 / 3.0);
    assertThat(Math.atan2(third[1], third[0])).isCloseTo(Math.PI / 6, offset(1e-12));
  }

  @Test
  void lengthsGoEvenlyAndTheEndsAreTheEnds() {
    double[] from = {1, 0, 0};
    double[] to = {0, 0, 3};
    double[] quarter = LatentPath.at(from, to, 0.25);
    assertThat(Math.hypot(quarter[0], quarter[2])).isCloseTo(1.5, offset(1e-12));
    assertThat(LatentPath.at(from, to, 0)).containsExactly(from, offset(1e-12));
    assertThat(LatentPath.at(from, to, 1)).containsExactly(to, offset(1e-12));
  }

  @Test
  void goesStraightWhereThereIsNoAngle() {
    assertThat(LatentPath.at(new double[] {1, 2}, new double[] {2, 4}, 0.5))
        .containsExactly(new double[] {1.5, 3}, offset(1e-6));
    assertThat(LatentPath.at(new double[] {0, 0}, new double[] {2, 4}, 0.5))
        .containsExactly(new double[] {1, 2}, offset(1e-12));
  }
}
