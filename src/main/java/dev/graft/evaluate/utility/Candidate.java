package dev.graft.evaluate.utility;

import dev.graft.model.ModelDefinition;
import dev.graft.spec.EvaluateSpec.Choose;
import dev.graft.spec.MixingRatio;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A way to train the learner on an arm.
 *
 * @param steps training steps; the learning rate's schedule runs over all of them
 * @param ratio real to synthetic rows; null for an arm that does not mix
 */
record Candidate(long steps, MixingRatio ratio) {
  private static final String STEPS = "steps"; // in the training section

  /** Of two that are equally good the first is taken: fewer steps, then more real rows. */
  private static final Comparator<Candidate> PREFERENCE =
      Comparator.comparingLong(Candidate::steps)
          .thenComparing(
              Candidate::ratio,
              Comparator.nullsFirst(Comparator.comparingDouble(MixingRatio::realShare).reversed()));

  /**
   * The candidates of an arm, the preferred first.
   *
   * @param choose what there is to choose; null for nothing
   */
  static List<Candidate> of(Arm arm, ModelDefinition learner, Choose choose) {
    List<Long> steps =
        choose == null || choose.steps().isEmpty()
            ? List.of(learner.training().path(STEPS).longValue())
            : choose.steps().stream().map(Integer::longValue).toList();
    List<MixingRatio> ratios =
        choose == null || choose.ratio().isEmpty() ? List.of(MixingRatio.EVEN) : choose.ratio();
    return steps.stream()
        .flatMap(
            length ->
                arm.mixes()
                    ? ratios.stream().map(ratio -> new Candidate(length, ratio))
                    : Stream.of(new Candidate(length, null)))
        .sorted(PREFERENCE)
        .toList();
  }
}
