package dev.graft.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ScaleTest {
  @Test
  void ticksAreRoundAndWithinTheRange() {
    assertThat(labels(Scale.around(0.31, 0.62, 0, 100)))
        .containsExactly("0.3", "0.4", "0.5", "0.6");
    assertThat(labels(Scale.around(-5, 5, 0, 100)))
        .containsExactly("-5.0", "-2.5", "0.0", "2.5", "5.0");
  }

  private static List<String> labels(Scale scale) {
    return scale.ticks().stream().map(scale::label).toList();
  }

  @Test
  @Timeout(10)
  void valuesThatAreEqualButForRoundingHaveTicks() {
    Scale scale = Scale.around(Math.nextDown(1.0), 1, 0, 100);
    List<Double> ticks = scale.ticks();
    assertThat(ticks).hasSizeBetween(2, 8).allSatisfy(tick -> assertThat(tick).isBetween(0.9, 1.1));
    assertThat(scale.at(1)).isBetween(40.0, 60.0);
    assertThat(Scale.around(0, 0, 0, 100).ticks()).isNotEmpty();
  }
}
