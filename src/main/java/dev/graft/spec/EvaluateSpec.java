package dev.graft.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
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
   */
  public record Utility(@JsonIgnore String learnerFile, JsonNode learner, List<ArmSpec> arms)
      implements Serializable {
    public Utility {
      arms = List.copyOf(arms);
    }
  }

  /**
   * One arm.
   *
   * @param name {@code real}, {@code classical} (real, redrawn flips and shifts), {@code generated}
   *     (real and synthetic), {@code both} (classical and generated) or {@code synthetic}
   * @param seeds how many independent runs
   */
  public record ArmSpec(String name, int seeds) implements Serializable {}
}
