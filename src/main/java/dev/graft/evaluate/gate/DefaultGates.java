package dev.graft.evaluate.gate;

import dev.graft.spec.GateSpec;
import java.util.List;

/**
 * What publishing must pass where the spec does not say otherwise, the same for every pipeline.
 * Each refuses one way in which a generator is broken, with room for one that is merely weak:
 * bounds are multiples of what real rows reach in the same comparison, or figures that are
 * themselves measured against real rows.
 */
public final class DefaultGates {
  private static final double NONE = Double.NaN;
  private static final String TUNE = GateSpec.TUNE;
  private static final String WORST = "worst";

  private static final List<GateSpec> ALL =
      List.of(
          // A model whose training collapsed, as its own watch has seen.
          atMost("training-collapse", 0, "", ""),
          // Hardly a candidate passes the rules: nothing that is published is typical of the model.
          atLeast("acceptance", 0.05, "", ""),
          // A class that the generator cannot draw.
          atMost("shortfall", 0.5, "", ""),
          // A class that is dropped, or whose label means nothing.
          atLeast("examiner-agreement", 0.5, TUNE, WORST),
          // Noise.
          atLeast("precision", 0.3, TUNE, ""),
          // Collapse on a part of the data, and on a few rows.
          atLeast("coverage", 0.25, TUNE, WORST),
          atMost("repeats", 0.8, GateSpec.TUNE_TO_ONE, WORST),
          // Copies of training rows, against those that unseen real rows are by chance.
          atMost("copied-rows", 5, TUNE, ""),
          // Rows that teach nothing.
          atLeast("synthetic-skill", 0.25, "", ""));

  private DefaultGates() {}

  /** In the order of the report. */
  public static List<GateSpec> all() {
    return ALL;
  }

  private static GateSpec atLeast(String metric, double min, String relativeTo, String perClass) {
    return new GateSpec(metric, min, NONE, relativeTo, perClass, true, 0);
  }

  private static GateSpec atMost(String metric, double max, String relativeTo, String perClass) {
    return new GateSpec(metric, NONE, max, relativeTo, perClass, true, 0);
  }
}
