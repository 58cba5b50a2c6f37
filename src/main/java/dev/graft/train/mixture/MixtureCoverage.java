package dev.graft.train.mixture;

import dev.graft.model.compare.NeighbourBalls;
import java.util.BitSet;
import java.util.List;

/**
 * Coverage of real rows by a mixture: the share whose k-nearest-neighbour ball holds at least one
 * of its rows, k = {@value #NEIGHBOURS} (Naeem et al. 2020, https://arxiv.org/abs/2002.09797). As a
 * mixture takes the first rows of each member, the first row within each ball is all that has to be
 * known, and a mixture costs one comparison per real row and member.
 */
final class MixtureCoverage implements MixtureFigure {
  static final int NEIGHBOURS = 5;

  private final List<int[]> firstInside;

  private MixtureCoverage(List<int[]> firstInside) {
    this.firstInside = firstInside;
  }

  /**
   * @param real (n, dimension)
   * @param drawn per member (m, dimension)
   */
  static MixtureCoverage of(double[] real, List<double[]> drawn, int dimension) {
    NeighbourBalls balls = NeighbourBalls.of(real, dimension, NEIGHBOURS);
    return new MixtureCoverage(drawn.stream().map(balls::firstInside).toList());
  }

  @Override
  public int rows() {
    return firstInside.get(0).length;
  }

  @Override
  public BitSet served(int[] counts) {
    BitSet covered = new BitSet(rows());
    for (int member = 0; member < counts.length; member++) {
      int[] first = firstInside.get(member);
      for (int row = 0; row < first.length; row++) {
        if (first[row] < counts[member]) {
          covered.set(row);
        }
      }
    }
    return covered;
  }
}
