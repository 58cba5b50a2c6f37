package dev.graft.train.mixture;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Share of real rows whose class is that of the nearest class mean of a mixture's rows, by
 * Euclidean distance. The mixture of a class without rows has no mean, and gets none right.
 */
final class MixtureAccuracy implements MixtureFigure {
  private final MixturePools pools;
  private final int classes;

  MixtureAccuracy(MixturePools pools) {
    this.pools = pools;
    this.classes = Arrays.stream(pools.labels()).max().orElse(0) + 1;
  }

  @Override
  public int rows() {
    return pools.size();
  }

  @Override
  public BitSet served(int[] counts) {
    double[] means = means(counts);
    BitSet right = new BitSet(rows());
    for (int row = 0; row < rows(); row++) {
      right.set(row, nearest(row, means) == pools.labels()[row]);
    }
    return right;
  }

  /** (classes, dimension); NaN for classes without rows. */
  private double[] means(int[] counts) {
    int dimension = pools.dimension();
    double[] sums = new double[classes * dimension];
    int[] rows = new int[classes];
    for (int member = 0; member < counts.length; member++) {
      double[] drawn = pools.drawn().get(member);
      for (int row = 0; row < counts[member]; row++) {
        int label = pools.labels()[row];
        rows[label]++;
        for (int j = 0; j < dimension; j++) {
          sums[label * dimension + j] += drawn[row * dimension + j];
        }
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= rows[i / dimension];
    }
    return sums;
  }

  private int nearest(int row, double[] means) {
    int dimension = pools.dimension();
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int label = 0; label < classes; label++) {
      double squared = 0;
      for (int j = 0; j < dimension; j++) {
        double gap = pools.tune()[row * dimension + j] - means[label * dimension + j];
        squared += gap * gap;
      }
      if (squared < least) {
        least = squared;
        best = label;
      }
    }
    return best;
  }
}
