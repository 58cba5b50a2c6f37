package dev.graft.evaluate.metric;

import dev.graft.evaluate.Metric;
import dev.graft.evaluate.MetricInput;
import dev.graft.model.compare.NeighbourBalls;
import java.util.Arrays;

/**
 * Share of synthetic rows that repeat another one: the nearest other synthetic row is as near as
 * the nearest {@value #PERCENT} % of real rows are to their nearest other real row, or nearer (the
 * birthday-paradox test of Arora &amp; Zhang 2017, "Do GANs actually learn the distribution?",
 * https://arxiv.org/abs/1706.08224, with a bound from real rows in place of a person's eye):
 *
 * <pre>mean_s [ R_1(s) &lt;= percentile_1 of R_1(r) ]</pre>
 *
 * <p>About 0.01 for real rows of equal number; near 1 for a generator that has few different rows
 * to give. Exact, on squared Euclidean distances in double. Cost: O((n^2 + m^2) d).
 */
public final class Repeats implements Metric {
  static final int PERCENT = 1;

  private static final MetricInfo INFO =
      new MetricInfo(
          "repeats",
          Goal.MINIMIZE,
          0,
          1,
          "mean_s [R_1(s) <= percentile_1 of R_1(r)]",
          "after Arora & Zhang 2017, arXiv:1706.08224",
          "Share of rows that have a twin among the synthetic ones, as near as only the nearest 1 %"
              + " of real rows are to each other; near 1 means the same few rows again and again.");

  @Override
  public MetricInfo info() {
    return INFO;
  }

  @Override
  public double compute(MetricInput input) throws MetricUndefined {
    input.atLeast(2);
    Features.requireFinite(input);
    double[] real = NeighbourBalls.radii(input.real(), input.dimension(), 1);
    double[] synthetic = NeighbourBalls.radii(input.synthetic(), input.dimension(), 1);
    Arrays.sort(real);
    int rank = Math.max(1, (real.length * PERCENT + 99) / 100);
    double bound = real[rank - 1];
    long repeated = Arrays.stream(synthetic).filter(distance -> distance <= bound).count();
    return (double) repeated / synthetic.length;
  }
}
