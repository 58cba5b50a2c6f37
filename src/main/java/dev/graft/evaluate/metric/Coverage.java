package dev.graft.evaluate.metric;

import dev.graft.evaluate.Metric;
import dev.graft.evaluate.MetricInput;

/**
 * Share of real rows whose k-nearest-neighbour ball holds at least one synthetic row (Naeem et al.
 * 2020, https://arxiv.org/abs/2002.09797). Expected to be {@code 1 - 2^-k} for equal distributions
 * of equal size. Definition and cost: {@link Manifold}.
 */
public final class Coverage implements Metric {
  private static final MetricInfo INFO =
      new MetricInfo(
          "coverage",
          Goal.MAXIMIZE,
          0,
          1,
          "mean_r [min_s d(r, s) < R_k(r)]",
          "Naeem et al. 2020, arXiv:2002.09797",
          "Share of real rows that have a synthetic row close by; low means missing variety.");

  @Override
  public MetricInfo info() {
    return INFO;
  }

  @Override
  public double compute(MetricInput input) throws MetricUndefined {
    return Manifold.of(input).coverage();
  }
}
