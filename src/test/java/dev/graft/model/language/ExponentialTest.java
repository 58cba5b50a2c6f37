package dev.graft.model.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ExponentialTest {
  private static final double DIGITS = 1e-15;

  @Property
  void agreesWithTheLibraryToFifteenDigits(@ForAll @DoubleRange(min = -699, max = 0) double x) {
    double exact = StrictMath.exp(x);
    assertThat(Exponential.of(x)).isCloseTo(exact, within(DIGITS * exact));
  }

  @Test
  void agreesNearZeroAndBetweenItsParts() {
    for (double x = 0; x > -3; x -= 1e-4) {
      double exact = StrictMath.exp(x);
      assertThat(Exponential.of(x)).isCloseTo(exact, within(DIGITS * exact));
    }
  }

  @Test
  void ends() {
    assertThat(Exponential.of(0)).isEqualTo(1);
    assertThat(Exponential.of(-701)).isZero();
    assertThat(Exponential.of(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Exponential.of(Double.NaN)).isNaN();
  }
}
