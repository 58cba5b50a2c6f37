package dev.graft.evaluate.gate;

import java.util.Map;

/** What it means, in words, that a figure is on the wrong side of its bound. */
final class FailureMeanings {
  private static final Map<String, String> LOW =
      Map.of(
          "acceptance", "hardly any candidate passes the rules",
          "examiner-agreement", "rows are not what their label says",
          "precision", "rows lie where no real rows do",
          "recall", "kinds of real rows are missing",
          "coverage", "kinds of real rows are missing",
          "vendi-score", "there is less variety than in real rows",
          "synthetic-skill", "a learner learns next to nothing from the rows");
  private static final Map<String, String> HIGH =
      Map.of(
          "shortfall", "too few rows were accepted",
          "repeats", "the same few rows come again and again",
          "ms-ssim", "rows of a class are too much alike",
          "different-bins", "regions of real data hold too many or too few rows",
          "copied-rows", "training rows are copied",
          "training-collapse", "the generator collapsed while it was trained");

  private FailureMeanings() {}

  /**
   * For a figure below its least allowed value, or above its greatest; empty when there is none.
   */
  static String of(String metric, boolean low) {
    return (low ? LOW : HIGH).getOrDefault(metric, "");
  }
}
