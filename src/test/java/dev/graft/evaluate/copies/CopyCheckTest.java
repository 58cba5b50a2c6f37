package dev.graft.evaluate.copies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CopyCheckTest {

  @Test
  void setsTheThresholdAtTheNearestHundredthOfRealRows() {
    long[] tune = LongStream.rangeClosed(1, 1_000).toArray();
    CopyFigures figures =
        CopyCheck.figures(77, new long[] {0, 11}, new long[] {0, 5, 10, 11, 500}, tune);
    assertThat(figures.threshold().value()).isEqualTo(Math.rint(Math.sqrt(10) / 255 * 1e6) / 1e6);
    assertThat(figures.tune().copied().value()).isEqualTo(0.01);
    assertThat(figures.accepted().copied().value()).isEqualTo(0.6);
    assertThat(figures.candidates().copied().value()).isEqualTo(0.5);
    assertThat(figures.accepted().exact().value()).isEqualTo(0.2);
    assertThat(figures.trainRows()).isEqualTo(77);
  }

  @Test
  void countsRealRowsThatRepeatTrainingRows() {
    CopyFigures figures =
        CopyCheck.figures(9, new long[0], new long[] {0, 1, 2, 3}, new long[] {0, 0, 5, 6});
    assertThat(figures.threshold().value()).isZero();
    assertThat(figures.tune().copied().value()).isEqualTo(0.5);
    assertThat(figures.accepted().copied().value()).isEqualTo(0.25);
  }

  @Test
  void saysWhyThereIsNoFigure() {
    CopyFigures noTune = CopyCheck.figures(9, new long[] {7}, new long[] {0, 4}, new long[0]);
    assertThat(noTune.accepted().copied().reason()).contains("no real tune rows");
    assertThat(noTune.accepted().exact().value()).isEqualTo(0.5);
    CopyFigures noRows = CopyCheck.figures(9, new long[0], new long[0], new long[] {1, 2});
    assertThat(noRows.accepted().copied().reason()).isEqualTo("there are no rows");
    assertThat(noRows.tune().copied().value()).isEqualTo(0.5);
  }
}
