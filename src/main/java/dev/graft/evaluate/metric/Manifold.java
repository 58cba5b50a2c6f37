package dev.graft.evaluate.metric;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.graft.evaluate.Metric.MetricUndefined;
import dev.graft.evaluate.MetricInput;
import dev.graft.model.compare.NeighbourBalls;
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
    double[] realRadii = NeighbourBalls.radii(real, dimension, input.k());
    double[] syntheticRadii = NeighbourBalls.radii(synthetic, dimension, input.k());

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
                double distance = NeighbourBalls.squaredDistance(real, r, synthetic, s, dimension);
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
      if (NeighbourBalls.squaredDistance(rows, row, centres, c, dimension) < radii[c]) {
        count++;
      }
    }
    return count;
  }

  private static double share(boolean[] flags) {
    int count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return (double) count / flags.length;
  }
}
