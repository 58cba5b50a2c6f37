package dev.graft.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;

/**
 * A bound on one metric that publishing must pass.
 *
 * @param metric name of a metric, {@code examiner-agreement}, {@code shortfall} (always of the
 *     worst class), {@code acceptance}, {@code copied-rows}, {@code training-collapse} (1 where the
 *     generator is marked as collapsed, else 0), or {@code <arm>-accuracy}, {@code <arm>-gain} and
 *     {@code <arm>-skill} of an arm
 * @param min least allowed value; NaN for none
 * @param max greatest allowed value; NaN for none
 * @param relativeTo empty; or {@code tune}: the bounds are multiples of what real tune rows reach
 *     in the same comparison; or {@code tune-to-one}: they are shares of the way from there to 1.
 *     {@code copied-rows: {max: tune-to-train}} is max 1 relative to {@code tune}
 * @param perClass empty for the overall figure, or {@code worst}
 * @param standard whether the spec is silent and this is the default: such a gate is not held
 *     against rows that there are too few real ones to compare with
 * @param line line in the spec, for messages; 0 for a default
 */
public record GateSpec(
    String metric,
    double min,
    double max,
    String relativeTo,
    String perClass,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean standard,
    @JsonIgnore int line)
    implements Serializable {
  /** Bounds are multiples of what real tune rows reach. */
  public static final String TUNE = "tune";

  /** Bounds are shares of the way from what real tune rows reach to 1. */
  public static final String TUNE_TO_ONE = "tune-to-one";

  /** A gate that the spec declares. */
  public GateSpec(
      String metric, double min, double max, String relativeTo, String perClass, int line) {
    this(metric, min, max, relativeTo, perClass, false, line);
  }
}
