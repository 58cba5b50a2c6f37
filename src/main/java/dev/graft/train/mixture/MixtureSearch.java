package dev.graft.train.mixture;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Looks for the weights that make a figure greatest, in steps of one fortieth. From even weights
 * on, it makes the best exchange, of any amount between any two members, until none is better: for
 * two members that is every pair of weights. Then it goes from even weights towards those, and
 * stops where what is still to be won is within two standard errors of the paired difference, so
 * that a member gets more than others only where that helps (after the rule of one standard error,
 * Breiman et al. 1984).
 */
final class MixtureSearch {
  private static final int UNITS = 40;
  private static final int STANDARD_ERRORS = 2;

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
    Place best = place(counts(even, UNITS), figure);
    Place next = bestExchange(best, figure);
    while (next.betterThan(best)) {
      best = next;
      next = bestExchange(best, figure);
    }
    double[] greatest = shares(best.units());
    BitSet wanted = figure.served(counts(greatest, rows));
    for (int part = 0; part < UNITS; part++) {
      double[] weights = part == 0 ? even : shares(between(even, greatest, part));
      if (withinNoise(figure.served(counts(weights, rows)), wanted, figure.rows())) {
        return weights;
      }
    }
    return greatest;
  }

  private static double[] shares(int[] units) {
    return Arrays.stream(units).mapToDouble(unit -> (double) unit / UNITS).toArray();
  }

  private static int[] between(double[] from, double[] to, int part) {
    double[] weights = new double[from.length];
    Arrays.setAll(weights, i -> from[i] + (to[i] - from[i]) * part / UNITS);
    return counts(weights, UNITS);
  }

  /** Whether one serves as many rows as another but for what may be chance. */
  private static boolean withinNoise(BitSet served, BitSet wanted, int rows) {
    int gap = wanted.cardinality() - served.cardinality();
    BitSet either = (BitSet) served.clone();
    either.xor(wanted);
    double variance = either.cardinality() - (double) gap * gap / rows;
    return gap <= STANDARD_ERRORS * Math.sqrt(variance);
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
