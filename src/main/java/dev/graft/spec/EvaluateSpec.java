package dev.graft.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.List;

/**
 * What to measure.
 *
 * @param metrics registered metric names, in report order
 * @param rows most rows per side that a metric looks at (a seeded subset); cost is quadratic in it
 * @param utility the comparison of arms
 */
public record EvaluateSpec(List<String> metrics, int rows, Utility utility)
    implements Serializable {
  public EvaluateSpec {
    metrics = List.copyOf(metrics);
  }

  /**
   * Train the learner on each arm, test on the real TEST part.
   *
   * @param learnerFile path of the learner's definition, for messages
   * @param learner its validated content
   * @param arms the training sets to compare; empty skips utility
   * @param choose what each run chooses on TUNE rows; null for nothing
   * @param classical definition of the family {@code classical} that rows meet in the arms that
   *     augment; null for the modality's own augmentation
   */
  public record Utility(
      @JsonIgnore String learnerFile,
      JsonNode learner,
      List<ArmSpec> arms,
      @JsonInclude(JsonInclude.Include.NON_NULL) Choose choose,
      @JsonInclude(JsonInclude.Include.NON_NULL) JsonNode classical)
      implements Serializable {
    public Utility {
      arms = List.copyOf(arms);
    }

    /** Every arm trains the learner as it is defined. */
    public Utility(String learnerFile, JsonNode learner, List<ArmSpec> arms) {
      this(learnerFile, learner, arms, null, null);
    }
  }

  /**
   * Each run trains with every combination, keeps the most accurate on TUNE and tests that alone.
   *
   * @param steps training steps, in place of the learner's; empty for the learner's
   * @param ratio for the arms that mix real and synthetic rows; empty for 1:1
   */
  public record Choose(List<Integer> steps, List<MixingRatio> ratio) implements Serializable {
    public Choose {
      steps = List.copyOf(steps);
      ratio = List.copyOf(ratio);
    }
  }

  /**
   * One arm.
   *
   * @param name {@code real}, {@code classical} (real, augmented classically afresh in every
   *     batch), {@code generated} (real and synthetic), {@code both} (classical and generated) or
   *     {@code synthetic}
   * @param seeds how many independent runs
   */
  public record ArmSpec(String name, int seeds) implements Serializable {}
}
