package dev.graft.spec;

import java.io.Serializable;

/**
 * How real rows are divided into train, tune and test.
 *
 * @param tune share of rows for TUNE, above 0 and below 1
 * @param test share for TEST; 0 when the source has an official test set
 * @param by a source column whose equal values stay in one part, such as {@code speaker}; empty for
 *     none
 */
public record SplitSpec(double tune, double test, String by) implements Serializable {
  public boolean grouped() {
    return !by.isEmpty();
  }
}
