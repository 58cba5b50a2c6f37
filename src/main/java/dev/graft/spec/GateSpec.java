package dev.graft.spec;

import java.io.Serializable;

/**
 * A bound on one metric that publishing must pass.
 *
 * @param metric metric name, or {@code shortfall}, {@code acceptance}, {@code copied-rows}
 * @param min least allowed value; NaN for none
 * @param max greatest allowed value; NaN for none
 * @param relativeTo empty, or {@code tune}: the bound is on synthetic divided by the same metric of
 *     real tune against real train
 * @param perClass empty for the overall figure, or {@code worst}
 * @param line line in the spec, for messages
 */
public record GateSpec(
    String metric, double min, double max, String relativeTo, String perClass, int line)
    implements Serializable {}
