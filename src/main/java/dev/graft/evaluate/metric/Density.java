package dev.graft.evaluate.metric;

import dev.graft.evaluate.Metric;
import dev.graft.evaluate.MetricInput;

/**
 * Mean number of real k-nearest-neighbour balls that hold a synthetic row, divided by k (Naeem et
 * al. 2020, https://arxiv.org/abs/2002.09797). Expected to be 1 for equal distributions and greater
 * when synthetic rows crowd where real rows are dense. Definition and cost: {@link Manifold}.
 */
public final class Density implements Metric {
  private static final MetricInfo INFO =
      new MetricInfo(
          "density",
          Goal.MAXIMIZE,
          0,
          Double.POSITIVE_INFINITY,
          "1 / (k m) sum_s sum_r [d(r, s) < R_k(r)]",
          "Naeem et al. 2020, arXiv:2002.09797",
          "How densely real rows surround the synthetic ones; about 1 for real data, above 1 when the synthetic rows crowd in the middle.");

  @Override
  public MetricInfo info() {
    return INFO;
  }

  @Override
  public double compute(MetricInput input) throws MetricUndefined {
    return Manifold.of(input).density();
  }
}
