package dev.graft.model.nn;

import dev.graft.data.GraftException;

/**
 * Learning rate by step: a linear rise over the warm-up, then constant, or a half cosine down to
 * zero (Loshchilov &amp; Hutter 2017, https://arxiv.org/abs/1608.03983).
 *
 * @param peak the largest rate
 * @param schedule {@code constant} or {@code cosine}
 * @param warmUp steps of the rise
 * @param steps all steps of the training
 * @param from the step at which the schedule begins, to end with the training
 */
public record LearningRate(double peak, String schedule, long warmUp, long steps, long from) {
  public LearningRate {
    if (!schedule.equals("constant") && !schedule.equals("cosine")) {
      throw GraftException.usage(
          "unknown learning-rate schedule \"%s\"; allowed: constant, cosine", schedule);
    }
  }

  /** From the first step on. */
  public LearningRate(double peak, String schedule, long warmUp, long steps) {
    this(peak, schedule, warmUp, steps, 0);
  }

  /**
   * @param update of the training, from 0
   */
  public double at(long update) {
    long step = update - from;
    double rise = step < warmUp ? (step + 1.0) / warmUp : 1;
    double fall =
        schedule.equals("cosine") ? 0.5 * (1 + StrictMath.cos(Math.PI * step / (steps - from))) : 1;
    return peak * rise * fall;
  }
}
