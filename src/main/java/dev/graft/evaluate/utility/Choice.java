package dev.graft.evaluate.utility;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.spec.MixingRatio;
import java.util.List;

/**
 * What a run chose on real TUNE rows. Only the chosen training was tested.
 *
 * @param chosen the most accurate of {@code tried}; of equals the first
 * @param tried fewer steps first, then more real rows
 */
public record Choice(Trial chosen, List<Trial> tried) {
  public Choice {
    tried = List.copyOf(tried);
  }

  /**
   * One training.
   *
   * @param steps of the training
   * @param ratio real to synthetic rows; null for an arm that does not mix
   * @param tuneAccuracy share of TUNE rows that are predicted right
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Trial(long steps, MixingRatio ratio, double tuneAccuracy) {}
}
