package dev.graft.evaluate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.evaluate.Metric.MetricUndefined;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A number, or the reason why there is none. Never NaN: a figure that does not exist says so in
 * words, in JSON {@code {"value": null, "reason": "..."}}.
 *
 * @param value rounded to {@link #DECIMALS} decimals; null when undefined
 * @param reason why it is undefined; null when there is a value
 */
public record Figure(
    @JsonInclude(JsonInclude.Include.ALWAYS) Double value,
    @JsonInclude(JsonInclude.Include.NON_NULL) String reason) {
  /** Figures are rounded to so many decimals: the last bits of a sum mean nothing. */
  public static final int DECIMALS = 6;

  private static final double SCALE = 1e6;
  private static final Logger LOG = LoggerFactory.getLogger(Figure.class);

  public static Figure of(double value) {
    if (!Double.isFinite(value)) {
      return undefined("came out as " + value);
    }
    return new Figure(rounded(value), null);
  }

  /**
   * What a metric computes. One that is undefined, or that fails, is a figure with its reason: no
   * metric can lose the others, nor the report.
   *
   * @param what names the rows, for the log
   */
  public static Figure of(Metric metric, MetricInput input, String what) {
    try {
      return of(metric.compute(input));
    } catch (MetricUndefined e) {
      return undefined(e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("{} of {} failed", metric.info().name(), what, e);
      return undefined("failed: " + e);
    }
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
