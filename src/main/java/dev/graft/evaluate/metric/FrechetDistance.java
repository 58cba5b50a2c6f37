package dev.graft.evaluate.metric;

import dev.graft.evaluate.Metric;
import dev.graft.evaluate.MetricInput;

/**
 * Fréchet distance between the normal distributions that have the mean and covariance of the two
 * sets of features (Heusel et al. 2017, "GANs Trained by a Two Time-Scale Update Rule Converge to a
 * Local Nash Equilibrium", https://arxiv.org/abs/1706.08500):
 *
 * <pre>|mu_r - mu_s|^2 + tr(S_r + S_s - 2 (S_r S_s)^(1/2))</pre>
 *
 * <p>Covariances are unbiased (divided by n - 1). The trace of the root is the sum of the roots of
 * the eigenvalues of {@code S_r^(1/2) S_s S_r^(1/2)}, which is symmetric and positive
 * semi-definite, so nothing is offset and fewer rows than dimensions are no special case. The value
 * grows as the number of rows shrinks: compare figures of equal n only. Cost: O(n d^2 + d^3), in
 * double.
 */
public final class FrechetDistance implements Metric {
  private static final MetricInfo INFO =
      new MetricInfo(
          "frechet-distance",
          Goal.MINIMIZE,
          0,
          Double.POSITIVE_INFINITY,
          "|mu_r - mu_s|^2 + tr(S_r + S_s - 2 (S_r S_s)^(1/2))",
          "Heusel et al. 2017, arXiv:1706.08500",
          "How far the overall distribution of features is from the real one; 0 is the same mean"
              + " and covariance.");

  @Override
  public MetricInfo info() {
    return INFO;
  }

  @Override
  public double compute(MetricInput input) throws MetricUndefined {
    input.atLeast(2);
    Features.requireFinite(input);
    Gaussian real = Gaussian.of(input.real(), input.dimension());
    Gaussian synthetic = Gaussian.of(input.synthetic(), input.dimension());
    return Math.max(0, real.frechetDistance(synthetic));
  }
}
