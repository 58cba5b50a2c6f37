package dev.graft.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.spec.SelectRule.TunePercentile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTextTest {
  @ParameterizedTest
  @CsvSource({
    "0.9999, 0.9999",
    "7.000000000000001, 7",
    "0.1, 0.1",
    "100, 100",
    "1234567.8, 1234568",
    "0, 0",
    "-0.0, 0",
    "0.3333333333, 0.333333",
    "-2.50, -2.5",
    "0.00001234, 0.00001234"
  })
  void isShortAndRight(double value, String text) {
    assertThat(DecimalText.of(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"7.000000000000001, tune.p07", "0.5, tune.p00.5", "95, tune.p95", "12.5, tune.p12.5"})
  void percentilesAreWrittenAsInASpec(double percentile, String text) {
    assertThat(new TunePercentile(percentile).text()).isEqualTo(text);
  }

  @Test
  void aShareOfRealRowsIsAPercentileOfThem() {
    assertThat(new TunePercentile(0.07 * 100).text()).isEqualTo("tune.p07");
  }
}
