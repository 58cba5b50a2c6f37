package dev.graft.model.compare;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Balls around rows, each as wide as the distance to the k-th nearest other row of the same set:
 * what coverage and its kin count in. Squared Euclidean distances in double, rows in parallel.
 *
 * @param rows (n, dimension)
 * @param radii (n), squared
 */
public record NeighbourBalls(double[] rows, double[] radii, int dimension) {

  /**
   * @param rows (n, dimension)
   * @param k neighbours; a ball without bound where there are no k others
   */
  public static NeighbourBalls of(double[] rows, int dimension, int k) {
    return new NeighbourBalls(rows, radii(rows, dimension, k), dimension);
  }

  /**
   * The first of some points that lies strictly within each ball.
   *
   * @param points (m, dimension)
   * @return (n): positions, and m where there is none
   */
  public int[] firstInside(double[] points) {
    int count = points.length / dimension;
    int[] first = new int[radii.length];
    IntStream.range(0, first.length)
        .parallel()
        .forEach(
            row -> {
              int point = 0;
              while (point < count
                  && squaredDistance(rows, row, points, point, dimension) >= radii[row]) {
                point++;
              }
              first[row] = point;
            });
    return first;
  }

  /**
   * How far the nearest of some points is from each row, in radii of its ball: below 1 it lies
   * within.
   *
   * @param points (m, dimension)
   * @return (n); infinite where there is no point
   */
  public double[] remoteness(double[] points) {
    int count = points.length / dimension;
    double[] remoteness = new double[radii.length];
    IntStream.range(0, remoteness.length)
        .parallel()
        .forEach(
            row -> {
              double nearest = Double.POSITIVE_INFINITY;
              for (int point = 0; point < count; point++) {
                nearest = Math.min(nearest, squaredDistance(rows, row, points, point, dimension));
              }
              remoteness[row] =
                  nearest < radii[row] ? Math.sqrt(nearest / radii[row]) : outside(nearest, row);
            });
    return remoteness;
  }

  private double outside(double nearest, int row) {
    return radii[row] == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(nearest / radii[row]);
  }

  /** Squared distance from every row to its k-th nearest other row. */
  public static double[] radii(double[] rows, int dimension, int k) {
    double[] radii = new double[rows.length / dimension];
    IntStream.range(0, radii.length)
        .parallel()
        .forEach(i -> radii[i] = squaredRadius(rows, i, dimension, k));
    return radii;
  }

  private static double squaredRadius(double[] rows, int row, int dimension, int k) {
    double[] nearest = new double[k]; // ascending
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    int count = rows.length / dimension;
    for (int other = 0; other < count; other++) {
      if (other == row) {
        continue;
      }
      double distance = squaredDistance(rows, row, rows, other, dimension);
      if (distance < nearest[k - 1]) {
        int place = k - 1;
        while (place > 0 && nearest[place - 1] > distance) {
          nearest[place] = nearest[place - 1];
          place--;
        }
        nearest[place] = distance;
      }
    }
    return nearest[k - 1];
  }

  /** Squared Euclidean distance of two rows. */
  public static double squaredDistance(
      double[] left, int leftRow, double[] right, int rightRow, int dimension) {
    int a = leftRow * dimension;
    int b = rightRow * dimension;
    double even = 0;
    double odd = 0;
    int j = 0;
    for (; j + 1 < dimension; j += 2) {
      double first = left[a + j] - right[b + j];
      double second = left[a + j + 1] - right[b + j + 1];
      even += first * first;
      odd += second * second;
    }
    if (j < dimension) {
      double last = left[a + j] - right[b + j];
      even += last * last;
    }
    return even + odd;
  }
}
