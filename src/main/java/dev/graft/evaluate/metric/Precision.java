package dev.graft.evaluate.metric;

import dev.graft.evaluate.Metric;
import dev.graft.evaluate.MetricInput;

/**
 * Share of synthetic rows that lie within the k-nearest-neighbour ball of at least one real row
 * (Kynkäänniemi et al. 2019, https://arxiv.org/abs/1904.06991). One outlying real row has a large
 * ball and can lift it; {@link Density} is the robust companion. Definition and cost: {@link
 * Manifold}.
 */
public final class Precision implements Metric {
  private static final MetricInfo INFO =
      new MetricInfo(
          "precision",
          Goal.MAXIMIZE,
          0,
          1,
          "mean_s [exists r: d(r, s) < R_k(r)]",
          "Kynkäänniemi et al. 2019, arXiv:1904.06991; Naeem et al. 2020, arXiv:2002.09797",
          "Share of synthetic rows that lie where real rows are; low means unrealistic rows.");

  @Override
  public MetricInfo info() {
    return INFO;
  }

  @Override
  public double compute(MetricInput input) throws MetricUndefined {
    return Manifold.of(input).precision();
  }
}
