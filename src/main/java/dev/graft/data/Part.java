package dev.graft.data;

import java.util.Locale;

/**
 * One of the three disjoint parts of the real data. Models learn from TRAIN, every choice
 * (checkpoint, threshold, arm) is made on TUNE, and TEST is read by EVALUATE only.
 */
public enum Part {
  TRAIN,
  TUNE,
  TEST;

  /** Lower-case name, as in file names and JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
