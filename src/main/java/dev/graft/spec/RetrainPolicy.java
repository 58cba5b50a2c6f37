package dev.graft.spec;

import java.io.Serializable;

/**
 * When a dated run trains its models anew, and when it takes those of an earlier date that were
 * trained by the same definitions and seed.
 *
 * @param when the rule
 * @param days for {@link When#AGE}: models of a run date so many days back, or more, are too old
 * @param over for {@link When#DRIFT}: a drift of the real data above this is too much
 */
public record RetrainPolicy(When when, int days, double over) implements Serializable {
  /** The rule of a spec that states none. */
  public static final RetrainPolicy CHANGED = new RetrainPolicy(When.CHANGED, 0, 0);

  /** What asks for new models. */
  public enum When {
    /** Any change of the real data. */
    CHANGED,
    /** The age of the models, from run date to run date. */
    AGE,
    /** A change of the real data's statistics. */
    DRIFT,
    /** Nothing, once there are some. */
    NEVER
  }
}
