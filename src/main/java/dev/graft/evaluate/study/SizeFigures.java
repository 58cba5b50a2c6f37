package dev.graft.evaluate.study;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a study knows of one size.
 *
 * @param size real rows of each class that are all there is
 * @param arms in the order of the spec, each with its ratios ascending
 * @param verdict null where no arm with synthetic rows has a result for every seed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SizeFigures(int size, List<StudyArm> arms, Verdict verdict) {
  public SizeFigures {
    arms = List.copyOf(arms);
  }

  /** An arm without synthetic rows, when the study has it. */
  public Optional<StudyArm> baseline(String name) {
    return arms.stream().filter(arm -> arm.arm().equals(name)).findFirst();
  }

  /** The arms of this name, ratios ascending. */
  public List<StudyArm> curve(String name) {
    return arms.stream().filter(arm -> arm.arm().equals(name)).toList();
  }

  /** The verdict in words, or why there is none. */
  public String words() {
    return verdict == null
        ? "No verdict: no arm with synthetic rows has a result for every seed."
        : verdict.words();
  }
}
