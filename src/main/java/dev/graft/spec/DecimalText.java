package dev.graft.spec;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers of a spec for people: {@code 7}, {@code 0.9999}, {@code 0.333333}. */
public final class DecimalText {
  private static final int DIGITS = 6;

  private DecimalText() {}

  /** {@code value} to {@value #DIGITS} digits, or whole where it has more before the point. */
  public static String of(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    int before = exact.precision() - exact.scale();
    BigDecimal rounded = exact.round(new MathContext(Math.max(DIGITS, before)));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
