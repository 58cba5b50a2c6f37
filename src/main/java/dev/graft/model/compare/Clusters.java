package dev.graft.model.compare;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Lloyd's k-means, started from rows evenly spaced in sorted order; the same for the same set of
 * rows. A cluster that loses its last row keeps its centre.
 *
 * @param centres (clusters, dimension)
 * @param dimension of a row
 */
public record Clusters(double[] centres, int dimension) {
  private static final int MOST_ROUNDS = 50;

  /**
   * @param sorted (n, dimension), see {@link SortedRows}
   * @param count of clusters, at most n
   */
  public static Clusters of(double[] sorted, int dimension, int count) {
    int rows = sorted.length / dimension;
    double[] first = new double[count * dimension];
    for (int c = 0; c < count; c++) {
      int row = (int) ((2L * c + 1) * rows / (2L * count));
      System.arraycopy(sorted, row * dimension, first, c * dimension, dimension);
    }
    Clusters clusters = new Clusters(first, dimension);
    int[] members = clusters.nearest(sorted);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      clusters = clusters.moved(sorted, members);
      int[] now = clusters.nearest(sorted);
      if (Arrays.equals(now, members)) {
        break;
      }
      members = now;
    }
    return clusters;
  }

  public int count() {
    return centres.length / dimension;
  }

  /** How many rows are nearest to each centre. */
  public int[] sizes(double[] rows) {
    int[] sizes = new int[count()];
    for (int cluster : nearest(rows)) {
      sizes[cluster]++;
    }
    return sizes;
  }

  private int[] nearest(double[] rows) {
    int[] nearest = new int[rows.length / dimension];
    IntStream.range(0, nearest.length).parallel().forEach(row -> nearest[row] = nearest(rows, row));
    return nearest;
  }

  private int nearest(double[] rows, int row) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < count(); c++) {
      double distance = NeighbourBalls.squaredDistance(rows, row, centres, c, dimension);
      if (distance < least) {
        least = distance;
        best = c;
      }
    }
    return best;
  }

  private Clusters moved(double[] rows, int[] members) {
    double[] sums = new double[centres.length];
    int[] sizes = new int[count()];
    for (int row = 0; row < members.length; row++) {
      sizes[members[row]]++;
      for (int j = 0; j < dimension; j++) {
        sums[members[row] * dimension + j] += rows[row * dimension + j];
      }
    }
    for (int i = 0; i < sums.length; i++) {
      int size = sizes[i / dimension];
      sums[i] = size == 0 ? centres[i] : sums[i] / size;
    }
    return new Clusters(sums, dimension);
  }
}
