package dev.graft.evaluate.utility;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One training of the learner on one arm, and its result on the real TEST part.
 *
 * @param arm {@link Arm#key()}
 * @param seed number of the run, from 0; runs of equal number share the learner's seed over all
 *     arms
 * @param source {@link #TRAINED}, or {@link #EXAMINER} when the examiner is this very training
 * @param realRows distinct real rows learnt from
 * @param syntheticRows distinct synthetic rows learnt from
 * @param steps training steps whose weights were tested
 * @param accuracy share of TEST rows that are predicted right; null when the arm could not be run
 * @param recall the same share per class, in class order; null for a class without TEST rows
 * @param choice what was tried on TUNE and what was chosen; null when there was nothing to choose
 * @param reason why the arm could not be run; null when it was
 * @param labels the result of single labels, where classes are sets of them; null elsewhere
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ArmRun(
    String arm,
    int seed,
    String source,
    int realRows,
    int syntheticRows,
    long steps,
    Double accuracy,
    List<Double> recall,
    Choice choice,
    String reason,
    LabelScores labels) {
  public static final String TRAINED = "trained";
  public static final String EXAMINER = "examiner";

  /** Of rows of one label. */
  public ArmRun(
      String arm,
      int seed,
      String source,
      int realRows,
      int syntheticRows,
      long steps,
      Double accuracy,
      List<Double> recall,
      Choice choice,
      String reason) {
    this(arm, seed, source, realRows, syntheticRows, steps, accuracy, recall, choice, reason, null);
  }

  /** A run that could not be made. */
  static ArmRun missing(Arm arm, int seed, String reason) {
    return new ArmRun(arm.key(), seed, TRAINED, 0, 0, 0, null, List.of(), null, reason);
  }

  /** Whether there is an accuracy. */
  @JsonIgnore
  public boolean isDone() {
    return accuracy != null;
  }
}
