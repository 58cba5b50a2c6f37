package dev.graft.evaluate.metric;

import dev.graft.evaluate.Metric;
import dev.graft.evaluate.MetricInput;
import dev.graft.model.compare.Bins;
import dev.graft.model.compare.Clusters;
import dev.graft.model.compare.SortedRows;

/**
 * Share of bins that hold another share of the synthetic rows than of the real ones, by the
 * two-proportion z-test at 0.05 (Richardson &amp; Weiss 2018, "On GANs and GMMs",
 * https://arxiv.org/abs/1805.12462). Bins are k-means clusters of the real rows: {@value #MOST}, or
 * one for {@value #ROWS_PER_BIN} real rows where there are fewer.
 *
 * <p>Chance alone makes about one bin in twenty different. Modes that are missing make the bins
 * different that hold them. Cost: O(n d bins) a round of k-means.
 */
public final class DifferentBins implements Metric {
  static final int MOST = 100;
  static final int ROWS_PER_BIN = 20;

  private static final MetricInfo INFO =
      new MetricInfo(
          "different-bins",
          Goal.MINIMIZE,
          0,
          1,
          "share of k-means bins with |p_r - p_s| > 1.96 sqrt(p (1 - p) (1/n + 1/m))",
          "Richardson & Weiss 2018, arXiv:1805.12462",
          "Share of the regions of real data that hold too many or too few synthetic rows; one in"
              + " twenty by chance.");

  @Override
  public MetricInfo info() {
    return INFO;
  }

  @Override
  public double compute(MetricInput input) throws MetricUndefined {
    input.atLeast(2);
    Features.requireFinite(input);
    double[] real = SortedRows.of(input.real(), input.dimension());
    int bins = Math.max(2, Math.min(MOST, input.realRows() / ROWS_PER_BIN));
    Clusters clusters = Clusters.of(real, input.dimension(), bins);
    return Bins.of(clusters.sizes(real), clusters.sizes(input.synthetic())).different();
  }
}
