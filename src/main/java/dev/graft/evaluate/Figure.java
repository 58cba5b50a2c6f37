package dev.graft.evaluate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.OptionalDouble;

/**
 * A number, or the reason why there is none. Never NaN: a figure that does not exist says so in
 * words.
 *
 * @param value rounded to {@link #DECIMALS} decimals; null when undefined
 * @param reason why it is undefined; null when there is a value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Figure(Double value, String reason) {
  /** Figures are rounded to so many decimals: the last bits of a sum mean nothing. */
  public static final int DECIMALS = 6;

  private static final double SCALE = 1e6;

  public static Figure of(double value) {
    if (!Double.isFinite(value)) {
      return undefined("came out as " + value);
    }
    return new Figure(rounded(value), null);
  }

  public static Figure undefined(String reason) {
    return new Figure(null, reason);
  }

  /** {@code value} to {@link #DECIMALS} decimals, and never a negative zero. */
  public static double rounded(double value) {
    if (Math.abs(value) > Long.MAX_VALUE / SCALE) {
      return value;
    }
    return Math.rint(value * SCALE) / SCALE + 0.0;
  }

  @JsonIgnore
  public boolean isDefined() {
    return value != null;
  }

  public OptionalDouble asDouble() {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
