package dev.graft.model;

import dev.graft.data.LabelledRows;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What the samples of one call are made from beside the model: an entry per sample. Immutable by
 * contract, as {@link LabelledRows} are.
 */
public sealed interface Derivation {
  /** Samples. */
  int count();

  /** The samples from {@code from} to {@code to - 1} alone. */
  Derivation slice(int from, int to);

  /**
   * Variations of real rows.
   *
   * @param sources the row of each sample
   * @param strength how far from it: above 0, to 1 for a sample that keeps nothing of it
   */
  record Variation(LabelledRows sources, double strength) implements Derivation {
    public Variation {
      if (!(strength > 0 && strength <= 1)) {
        throw new IllegalArgumentException("strength is " + strength + "; allowed: above 0 to 1");
      }
    }

    @Override
    public int count() {
      return sources.size();
    }

    @Override
    public Variation slice(int from, int to) {
      return new Variation(rows(sources, from, to), strength);
    }
  }

  /**
   * Places on paths between real rows.
   *
   * @param from where the path of each sample begins
   * @param to where it ends
   * @param positions place on it, 0 to 1
   */
  record Interpolation(LabelledRows from, LabelledRows to, double[] positions)
      implements Derivation {
    public Interpolation {
      if (from.size() != to.size() || from.size() != positions.length) {
        throw new IllegalArgumentException(
            from.size() + " beginnings, " + to.size() + " ends, " + positions.length + " places");
      }
    }

    @Override
    public int count() {
      return positions.length;
    }

    @Override
    public Interpolation slice(int first, int end) {
      return new Interpolation(
          rows(from, first, end), rows(to, first, end), Arrays.copyOfRange(positions, first, end));
    }

    /** The classes of both ends, in the shares of the places. */
    public ClassMixture classes() {
      return new ClassMixture(from.labels(), to.labels(), positions);
    }
  }

  /**
   * Two classes at once.
   *
   * @param from class ids
   * @param to others
   * @param shares of the others, 0 to 1
   */
  record ClassMixture(int[] from, int[] to, double[] shares) implements Derivation {
    public ClassMixture {
      if (from.length != to.length || from.length != shares.length) {
        throw new IllegalArgumentException(
            from.length + " classes, " + to.length + " others, " + shares.length + " shares");
      }
    }

    /** Every sample of one class alone. */
    public static ClassMixture unmixed(int[] labels) {
      return new ClassMixture(labels, labels, new double[labels.length]);
    }

    @Override
    public int count() {
      return shares.length;
    }

    @Override
    public ClassMixture slice(int first, int end) {
      return new ClassMixture(
          Arrays.copyOfRange(from, first, end),
          Arrays.copyOfRange(to, first, end),
          Arrays.copyOfRange(shares, first, end));
    }
  }

  private static LabelledRows rows(LabelledRows rows, int from, int to) {
    return rows.select(IntStream.range(from, to).toArray());
  }
}
