package dev.graft.evaluate.metric;

import dev.graft.evaluate.Metric;
import dev.graft.evaluate.MetricInput;

/**
 * Share of real rows that lie within the k-nearest-neighbour ball of at least one synthetic row
 * (Kynkäänniemi et al. 2019, https://arxiv.org/abs/1904.06991). Outlying synthetic rows can lift
 * it; {@link Coverage} is the robust companion. Definition and cost: {@link Manifold}.
 */
public final class Recall implements Metric {
  private static final MetricInfo INFO =
      new MetricInfo(
          "recall",
          Goal.MAXIMIZE,
          0,
          1,
          "mean_r [exists s: d(r, s) < R_k(s)]",
          "Kynkäänniemi et al. 2019, arXiv:1904.06991; Naeem et al. 2020, arXiv:2002.09797",
          "Share of real rows that lie where synthetic rows are; low means that kinds of rows are missing.");

  @Override
  public MetricInfo info() {
    return INFO;
  }

  @Override
  public double compute(MetricInput input) throws MetricUndefined {
    return Manifold.of(input).recall();
  }
}
