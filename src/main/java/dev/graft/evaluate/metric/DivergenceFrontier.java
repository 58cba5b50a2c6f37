package dev.graft.evaluate.metric;

import dev.graft.evaluate.Metric;
import dev.graft.evaluate.MetricInput;
import dev.graft.model.compare.Clusters;
import dev.graft.model.compare.SortedRows;

/**
 * Area under the divergence frontier of the two sets of features, as MAUVE has it (Pillutla et al.
 * 2021, "MAUVE: Measuring the Gap Between Neural Text and Human Text using Divergence Frontiers",
 * https://arxiv.org/abs/2102.01454): both sets together are quantised by k-means, p and q are the
 * shares of real and of synthetic rows in each cluster, and the frontier has the points
 *
 * <pre>
 * (exp(-5 KL(q | r_w)), exp(-5 KL(p | r_w)))    r_w = w p + (1 - w) q,  25 w from 0 to 1
 * </pre>
 *
 * <p>and its ends (1, 0) and (0, 1). 1 is equal shares, near 0 is rows that share no cluster.
 * Features are those of a model of this task and have few dimensions, so they are not projected.
 * Clusters are one for {@value #ROWS_PER_CLUSTER} rows of the smaller side, from 2 to {@value
 * #MOST}; the same for the same set of rows. The value falls as rows get fewer: compare at equal
 * numbers. Cost: O((n + m) d clusters) a round of k-means.
 */
public final class DivergenceFrontier implements Metric {
  static final int MOST = 100;
  static final int ROWS_PER_CLUSTER = 10;

  private static final int POINTS = 25;
  private static final double MARGIN = 1e-6; // of the first and the last w
  private static final double SCALE = 5;

  private static final MetricInfo INFO =
      new MetricInfo(
          "divergence-frontier",
          Goal.MAXIMIZE,
          0,
          1,
          "area under {(exp(-5 KL(q|r)), exp(-5 KL(p|r))) : r = w p + (1 - w) q}",
          "Pillutla et al. 2021, arXiv:2102.01454",
          "How well real and synthetic rows fill the same regions of features, both ways; 1 is"
              + " equal shares everywhere.");

  @Override
  public MetricInfo info() {
    return INFO;
  }

  @Override
  public double compute(MetricInput input) throws MetricUndefined {
    input.atLeast(2);
    Features.requireFinite(input);
    double[] both = new double[input.real().length + input.synthetic().length];
    System.arraycopy(input.real(), 0, both, 0, input.real().length);
    System.arraycopy(input.synthetic(), 0, both, input.real().length, input.synthetic().length);
    int least = Math.min(input.realRows(), input.syntheticRows());
    int count = Math.max(2, Math.min(MOST, (int) Math.rint((double) least / ROWS_PER_CLUSTER)));
    Clusters clusters =
        Clusters.of(SortedRows.of(both, input.dimension()), input.dimension(), count);
    return area(clusters.sizes(input.real()), clusters.sizes(input.synthetic()));
  }

  /**
   * The area for rows that are quantised already.
   *
   * @param real rows of each cluster
   * @param synthetic rows of each cluster
   */
  static double area(int[] real, int[] synthetic) {
    double[] p = shares(real);
    double[] q = shares(synthetic);
    double[] x = new double[POINTS + 2];
    double[] y = new double[POINTS + 2];
    x[0] = 1;
    y[POINTS + 1] = 1;
    for (int point = 0; point < POINTS; point++) {
      double w = MARGIN + (1 - 2 * MARGIN) * point / (POINTS - 1);
      double[] mixture = new double[p.length];
      for (int i = 0; i < p.length; i++) {
        mixture[i] = w * p[i] + (1 - w) * q[i];
      }
      x[point + 1] = Math.exp(-SCALE * divergence(q, mixture));
      y[point + 1] = Math.exp(-SCALE * divergence(p, mixture));
    }
    double area = 0; // x falls from 1 to 0
    for (int i = 1; i < x.length; i++) {
      area += (x[i - 1] - x[i]) * (y[i - 1] + y[i]) / 2;
    }
    return Math.min(1, Math.max(0, area));
  }

  private static double[] shares(int[] counts) {
    double sum = 0;
    for (int count : counts) {
      sum += count;
    }
    double[] shares = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      shares[i] = counts[i] / sum;
    }
    return shares;
  }

  /** Of Kullback and Leibler, in nats; the second is above 0 where the first is. */
  private static double divergence(double[] of, double[] from) {
    double sum = 0;
    for (int i = 0; i < of.length; i++) {
      sum += of[i] == 0 ? 0 : of[i] * Math.log(of[i] / from[i]);
    }
    return sum;
  }
}
