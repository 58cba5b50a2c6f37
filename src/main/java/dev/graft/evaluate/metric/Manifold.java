package dev.graft.evaluate.metric;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.graft.evaluate.Metric.MetricUndefined;
import dev.graft.evaluate.MetricInput;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Precision, recall, density and coverage of one pair of sets, from one pass over their distances
 * (Naeem et al. 2020, "Reliable Fidelity and Diversity Metrics for Generative Models",
 * https://arxiv.org/abs/2002.09797). With {@code R_k(i)} the distance from row i to its k-th
 * nearest other row of its own set, and strict comparison throughout:
 *
 * <pre>
 * precision = mean over s of [ there is r with d(r, s) &lt; R_k(r) ]
 * recall    = mean over r of [ there is s with d(r, s) &lt; R_k(s) ]
 * density   = 1 / (k m) * sum over s and r of [ d(r, s) &lt; R_k(r) ]
 * coverage  = mean over r of [ min over s of d(r, s) &lt; R_k(r) ]
 * </pre>
 *
 * <p>Exact brute force on squared Euclidean distances in double, rows in parallel; every row's part
 * is computed alone, so the result does not depend on the number of threads. Cost: O((n + m)^2 d).
 */
record Manifold(double precision, double recall, double density, double coverage) {
  // Four metrics ask for the same input one after the other. Weak keys compare by identity.
  private static final Cache<MetricInput, Manifold> RECENT =
      CacheBuilder.newBuilder().weakKeys().build();

  static Manifold of(MetricInput input) throws MetricUndefined {
    Manifold known = RECENT.getIfPresent(input);
    if (known == null) {
      input.atLeast(input.k() + 1);
      Features.requireFinite(input);
      known = compute(input);
      RECENT.put(input, known);
    }
    return known;
  }

  private static Manifold compute(MetricInput input) {
    int dimension = input.dimension();
    double[] real = input.real();
    double[] synthetic = input.synthetic();
    double[] realRadii = radii(real, dimension, input.k());
    double[] syntheticRadii = radii(synthetic, dimension, input.k());

    int[] ballsAround = new int[input.syntheticRows()];
    IntStream.range(0, ballsAround.length)
        .parallel()
        .forEach(s -> ballsAround[s] = balls(synthetic, s, real, realRadii, dimension));
    boolean[] covered = new boolean[input.realRows()];
    boolean[] recalled = new boolean[input.realRows()];
    IntStream.range(0, covered.length)
        .parallel()
        .forEach(
            r -> {
              double nearest = Double.POSITIVE_INFINITY;
              for (int s = 0; s < syntheticRadii.length; s++) {
                double distance = squaredDistance(real, r, synthetic, s, dimension);
                nearest = Math.min(nearest, distance);
                recalled[r] |= distance < syntheticRadii[s];
              }
              covered[r] = nearest < realRadii[r];
            });

    long balls = Arrays.stream(ballsAround).asLongStream().sum();
    long inside = Arrays.stream(ballsAround).filter(count -> count > 0).count();
    return new Manifold(
        (double) inside / ballsAround.length,
        share(recalled),
        (double) balls / ((long) input.k() * ballsAround.length),
        share(covered));
  }

  /** How many rows of {@code centres} have {@code row} strictly within their radius. */
  private static int balls(
      double[] rows, int row, double[] centres, double[] radii, int dimension) {
    int count = 0;
    for (int c = 0; c < radii.length; c++) {
      if (squaredDistance(rows, row, centres, c, dimension) < radii[c]) {
        count++;
      }
    }
    return count;
  }

  /** Squared distance from every row to its k-th nearest other row. */
  private static double[] radii(double[] rows, int dimension, int k) {
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

  private static double squaredDistance(
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

  private static double share(boolean[] flags) {
    int count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return (double) count / flags.length;
  }
}
