package dev.graft.evaluate.study;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.evaluate.utility.Choice.Trial;
import dev.graft.evaluate.utility.Interval;
import dev.graft.spec.MixingRatio;
import java.util.List;

/**
 * An arm at one size and, where it has synthetic rows, one ratio.
 *
 * @param arm {@link dev.graft.evaluate.utility.Arm#key()}
 * @param ratio synthetic rows for each real train row; null for an arm without them
 * @param tune accuracy on TUNE over seeds: what everything is chosen by; null when no seed was run
 * @param test accuracy on TEST over seeds; null likewise
 * @param overReal accuracy on TEST minus that of real rows alone, paired by seed; null for that arm
 *     itself and where no seed has both
 * @param overClassical the same over real rows that are augmented classically
 * @param runs one for each seed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StudyArm(
    String arm,
    Double ratio,
    Interval tune,
    Interval test,
    Interval overReal,
    Interval overClassical,
    List<SeedRun> runs) {
  public StudyArm {
    runs = List.copyOf(runs);
  }

  /** {@code both at 2x}. */
  @JsonIgnore
  public String name() {
    return Ratios.named(arm, ratio);
  }

  /** Whether every seed has a result. */
  @JsonIgnore
  public boolean isWhole() {
    return runs.stream().allMatch(SeedRun::isDone);
  }

  /**
   * One seed: its own rows, generator, judge and learner.
   *
   * @param seed number of the draw
   * @param realRows distinct real rows learnt from
   * @param syntheticRows distinct synthetic rows learnt from
   * @param steps chosen number of training steps
   * @param mixing chosen ratio of real to synthetic rows in a batch; null for an arm without a
   *     choice of it
   * @param tune accuracy on TUNE of the chosen training
   * @param test its accuracy on TEST
   * @param overReal {@code test} minus that of real rows alone with the same seed
   * @param overClassical the same over real rows that are augmented classically
   * @param recall share of TEST rows that are predicted right per class, in class order; null for a
   *     class without such rows
   * @param tried all trainings that were chosen from
   * @param reason why there is no result; null when there is one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SeedRun(
      int seed,
      int realRows,
      int syntheticRows,
      long steps,
      MixingRatio mixing,
      Double tune,
      Double test,
      Double overReal,
      Double overClassical,
      List<Double> recall,
      List<Trial> tried,
      String reason) {

    /** Whether there is an accuracy. */
    @JsonIgnore
    public boolean isDone() {
      return test != null;
    }
  }
}
