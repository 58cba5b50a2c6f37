package dev.graft.evaluate.run;

import dev.graft.evaluate.utility.Arm;
import dev.graft.spec.EvaluateSpec;
import dev.graft.spec.EvaluateSpec.ArmSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of EVALUATE that a worker does alone.
 *
 * @param kind what to do
 * @param arm arm of a {@link Kind#ARM}; empty otherwise
 * @param number run number of an arm, or part of the rows of a copy check
 */
public record Task(Kind kind, String arm, int number) {
  /** Accepted rows are held against TRAIN in so many parts. */
  static final int ACCEPTED_PARTS = 8;

  /** A draw of all candidates is held against TRAIN in so many parts. */
  static final int CANDIDATE_PARTS = 4;

  /** TUNE rows are held against TRAIN in so many parts. */
  static final int TUNE_PARTS = 4;

  /** What to do. */
  public enum Kind {
    ARM,
    QUALITY,
    ACCEPTED_COPIES,
    TUNE_COPIES,
    CANDIDATE_COPIES
  }

  /** All tasks of an evaluation, the longest first. */
  public static List<Task> of(EvaluateSpec spec) {
    List<Task> tasks = new ArrayList<>();
    for (ArmSpec arm : spec.utility().arms()) {
      for (int seed = 0; seed < arm.seeds(); seed++) {
        tasks.add(new Task(Kind.ARM, Arm.of(arm.name()).key(), seed));
      }
    }
    tasks.add(new Task(Kind.QUALITY, "", 0));
    for (int part = 0; part < ACCEPTED_PARTS; part++) {
      tasks.add(new Task(Kind.ACCEPTED_COPIES, "", part));
    }
    for (int part = 0; part < TUNE_PARTS; part++) {
      tasks.add(new Task(Kind.TUNE_COPIES, "", part));
    }
    for (int part = 0; part < CANDIDATE_PARTS; part++) {
      tasks.add(new Task(Kind.CANDIDATE_COPIES, "", part));
    }
    return tasks;
  }
}
