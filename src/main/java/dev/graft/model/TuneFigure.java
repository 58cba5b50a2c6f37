package dev.graft.model;

import java.util.Set;

/**
 * A figure on tune rows that trainings of a family can be compared by.
 *
 * @param name as in the history of a training, such as {@code tune-loss}
 * @param lowerIsBetter direction
 * @param changedBy keys of a definition that change what it means, such as {@code training.beta}:
 *     trainings that differ in them cannot be compared by it
 */
public record TuneFigure(String name, boolean lowerIsBetter, Set<String> changedBy) {
  /** Of real tune rows that drawn ones come near; of every generator that is watched. */
  public static final TuneFigure COVERAGE = new TuneFigure("watch-coverage", false, Set.of());

  /** Bins that hold another share of drawn rows than of real tune rows. */
  public static final TuneFigure BINS = new TuneFigure("watch-different-bins", true, Set.of());

  public TuneFigure {
    changedBy = Set.copyOf(changedBy);
  }
}
