package dev.graft.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.Serializable;

/**
 * A bound on one metric that publishing must pass.
 *
 * @param metric name of a metric, {@code examiner-agreement}, {@code shortfall} (always of the
 *     worst class), {@code acceptance}, {@code copied-rows}, {@code training-collapse} (1 where the
 *     generator is marked as collapsed, else 0; at most 0 unless the spec says otherwise), or
 *     {@code <arm>-accuracy} and {@code <arm>-gain} of an arm
 * @param min least allowed value; NaN for none
 * @param max greatest allowed value; NaN for none
 * @param relativeTo empty, or {@code tune}: the bounds are multiples of what real tune rows reach
 *     in the same comparison. {@code copied-rows: {max: tune-to-train}} is max 1 relative to {@code
 *     tune}
 * @param perClass empty for the overall figure, or {@code worst}
 * @param line line in the spec, for messages
 */
public record GateSpec(
    String metric, double min, double max, String relativeTo, String perClass, @JsonIgnore int line)
    implements Serializable {}
