package dev.graft.train.mixture;

import java.util.Arrays;

/**
 * Looks for the weights that make a figure greatest, in steps of one fortieth. From even weights
 * on, it makes the best exchange, of any amount between any two members, until none is better: for
 * two members that is every pair of weights. Of equal figures the one of more even weights is
 * better, so a member gets more than others only where that helps.
 */
final class MixtureSearch {
  private static final int UNITS = 40;

  private final int members;
  private final int least;
  private final int rows;

  /**
   * @param minWeight least weight of a member, of 1
   * @param rows of every mixture
   */
  MixtureSearch(int members, double minWeight, int rows) {
    this.members = members;
    this.least = Math.min((int) Math.ceil(minWeight * UNITS - 1e-9), UNITS / members);
    this.rows = rows;
  }

  /** Weights and what they reach. */
  private record Place(int[] units, double figure) {
    /** Sum of squares: least when all are the same. */
    int unevenness() {
      return Arrays.stream(units).map(unit -> unit * unit).sum();
    }

    boolean betterThan(Place other) {
      return figure > other.figure || figure == other.figure && unevenness() < other.unevenness();
    }
  }

  /** The weights, which sum to 1. */
  double[] best(MixtureFigure figure) {
    double[] even = new double[members];
    Arrays.fill(even, 1.0 / members);
    Place start = place(counts(even, UNITS), figure);
    Place best = start;
    Place next = bestExchange(best, figure);
    while (next.betterThan(best)) {
      best = next;
      next = bestExchange(best, figure);
    }
    return best == start
        ? even
        : Arrays.stream(best.units()).mapToDouble(unit -> (double) unit / UNITS).toArray();
  }

  private Place bestExchange(Place from, MixtureFigure figure) {
    Place best = from;
    for (int giver = 0; giver < members; giver++) {
      for (int taker = 0; taker < members; taker++) {
        for (int left = least; giver != taker && left < from.units()[giver]; left++) {
          int[] units = from.units().clone();
          units[taker] += units[giver] - left;
          units[giver] = left;
          Place place = place(units, figure);
          best = place.betterThan(best) ? place : best;
        }
      }
    }
    return best;
  }

  private Place place(int[] units, MixtureFigure figure) {
    double[] weights = Arrays.stream(units).asDoubleStream().toArray();
    return new Place(units, figure.of(counts(weights, rows)));
  }

  /** Parts of a whole by weights, the rest to those that rounding has cut most. */
  static int[] counts(double[] weights, int whole) {
    double sum = Arrays.stream(weights).sum();
    int[] counts = new int[weights.length];
    double[] cut = new double[weights.length];
    int left = whole;
    for (int i = 0; i < weights.length; i++) {
      double exact = whole * weights[i] / sum;
      counts[i] = (int) Math.floor(exact + 1e-9);
      cut[i] = exact - counts[i];
      left -= counts[i];
    }
    for (; left > 0; left--) {
      int most = 0;
      for (int i = 1; i < cut.length; i++) {
        most = cut[i] > cut[most] + 1e-9 ? i : most;
      }
      counts[most]++;
      cut[most] -= 1;
    }
    return counts;
  }
}
