package dev.graft.evaluate.metric;

import dev.graft.evaluate.Metric;
import dev.graft.evaluate.MetricInput;
import java.util.stream.IntStream;

/**
 * Kernel distance: the unbiased estimate of the squared maximum mean discrepancy with the kernel
 * {@code k(x, y) = (x . y / d + 1)^3} (Bińkowski et al. 2018, "Demystifying MMD GANs",
 * https://arxiv.org/abs/1801.01401):
 *
 * <pre>mean_(i != j) k(r_i, r_j) + mean_(i != j) k(s_i, s_j) - 2 mean_(i, j) k(r_i, s_j)</pre>
 *
 * <p>All rows at once, not the mean over random subsets. It has no bias, so figures of different n
 * can be compared, and may come out slightly below 0 for equal distributions. Cost: O((n + m)^2 d).
 */
public final class KernelDistance implements Metric {
  private static final MetricInfo INFO =
      new MetricInfo(
          "kernel-distance",
          Goal.MINIMIZE,
          Double.NEGATIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          "MMD^2 with k(x, y) = (x.y / d + 1)^3, unbiased",
          "Bińkowski et al. 2018, arXiv:1801.01401",
          "How far the distribution of features is from the real one, up to third moments; about 0"
              + " for equal distributions at any number of rows.");

  @Override
  public MetricInfo info() {
    return INFO;
  }

  @Override
  public double compute(MetricInput input) throws MetricUndefined {
    input.atLeast(2);
    Features.requireFinite(input);
    int dimension = input.dimension();
    return within(input.real(), dimension)
        + within(input.synthetic(), dimension)
        - 2 * between(input.real(), input.synthetic(), dimension);
  }

  /** Mean over pairs of different rows. */
  private static double within(double[] rows, int dimension) {
    int count = rows.length / dimension;
    double[] sums = new double[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              for (int j = 0; j < i; j++) {
                sums[i] += kernel(rows, i, rows, j, dimension);
              }
            });
    return 2 * sum(sums) / ((double) count * (count - 1));
  }

  private static double between(double[] left, double[] right, int dimension) {
    int count = left.length / dimension;
    int others = right.length / dimension;
    double[] sums = new double[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              for (int j = 0; j < others; j++) {
                sums[i] += kernel(left, i, right, j, dimension);
              }
            });
    return sum(sums) / ((double) count * others);
  }

  private static double sum(double[] parts) {
    double sum = 0;
    for (double part : parts) {
      sum += part;
    }
    return sum;
  }

  private static double kernel(double[] left, int i, double[] right, int j, int dimension) {
    double base = Features.dot(left, i, right, j, dimension) / dimension + 1;
    return base * base * base;
  }
}
