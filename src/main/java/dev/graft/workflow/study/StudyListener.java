package dev.graft.workflow.study;

import dev.graft.spec.StudyPoint;
import dev.graft.workflow.RunListener;

/** Hears what a study does. */
public interface StudyListener {
  /**
   * The stages of a draw at a ratio are about to run, as far as they have to.
   *
   * @param number which of those that have to run, from 1
   * @param of how many have to
   */
  RunListener drawing(StudyPoint point, double ratio, int number, int of);

  /** The learners are about to be trained. */
  RunListener learning(StudyPlan plan);
}
