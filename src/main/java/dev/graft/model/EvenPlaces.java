package dev.graft.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Places along a path between which its samples change equally. The path's length is measured by
 * how different its samples look from one place to the next: first at {@value #FINER} times as many
 * places as are wanted, then half way between those that are far apart, at most {@value #ROUNDS}
 * times. Where several looks tell, the share of the length in each counts alike. Places are those
 * where equal shares are behind them.
 */
final class EvenPlaces {
  private static final int FINER = 4;
  private static final int ROUNDS = 4;

  private final Path path;
  private final List<Looks> looks;
  private final TreeMap<Double, float[][]> known = new TreeMap<>();

  /** A path that can be looked at anywhere. */
  @FunctionalInterface
  interface Path {
    /**
     * @param places in [0, 1]
     * @return quantised values, (places, rowSize)
     */
    byte[] at(double[] places);
  }

  private EvenPlaces(Path path, List<Looks> looks) {
    this.path = path;
    this.looks = looks;
  }

  /**
   * The samples of a path.
   *
   * @param count of samples, at least 2; both ends are among them
   * @return quantised values, (count, rowSize)
   */
  static byte[] along(int count, Path path, List<Looks> looks) {
    if (count < 2) {
      throw new IllegalArgumentException("a path of " + count + " samples; at least 2");
    }
    return path.at(new EvenPlaces(path, looks).places(count));
  }

  private double[] places(int count) {
    double[] places = new double[FINER * (count - 1) + 1];
    Arrays.setAll(places, i -> i / (places.length - 1.0));
    look(places);
    for (int round = 0; round < ROUNDS; round++) {
      double[] between = farApart(1.0 / (count - 1) / FINER);
      if (between.length == 0) {
        break;
      }
      look(between);
    }
    return equalShares(count);
  }

  private void look(double[] places) {
    byte[] samples = path.at(places);
    float[][][] seen = new float[places.length][looks.size()][];
    for (int l = 0; l < looks.size(); l++) {
      float[] all = looks.get(l).of(samples, places.length);
      int length = all.length / places.length;
      for (int i = 0; i < places.length; i++) {
        seen[i][l] = Arrays.copyOfRange(all, i * length, (i + 1) * length);
      }
    }
    for (int i = 0; i < places.length; i++) {
      known.put(places[i], seen[i]);
    }
  }

  /** By the place that a step begins at; all of them sum to 1, or to 0 where nothing changes. */
  private TreeMap<Double, Double> steps() {
    TreeMap<Double, Double> steps = new TreeMap<>();
    int telling = 0;
    for (int l = 0; l < looks.size(); l++) {
      TreeMap<Double, Double> lengths = new TreeMap<>();
      for (double place : known.headMap(known.lastKey()).keySet()) {
        float[][] next = known.higherEntry(place).getValue();
        lengths.put(place, distance(known.get(place)[l], next[l]));
      }
      double whole = lengths.values().stream().mapToDouble(Double::doubleValue).sum();
      telling += whole > 0 ? 1 : 0;
      lengths.forEach(
          (place, length) -> steps.merge(place, whole == 0 ? 0 : length / whole, Double::sum));
    }
    int divisor = Math.max(1, telling);
    steps.replaceAll((place, step) -> step / divisor);
    return steps;
  }

  /** Half way along steps that are larger than that. */
  private double[] farApart(double far) {
    return steps().entrySet().stream()
        .filter(step -> step.getValue() > far)
        .mapToDouble(step -> (step.getKey() + known.higherKey(step.getKey())) / 2)
        .toArray();
  }

  private double[] equalShares(int count) {
    TreeMap<Double, Double> steps = steps();
    double share = steps.values().stream().mapToDouble(Double::doubleValue).sum() / (count - 1);
    double[] places = new double[count];
    double behind = 0;
    int next = 1;
    for (Map.Entry<Double, Double> step : steps.entrySet()) {
      double place = step.getKey();
      double width = known.higherKey(place) - place;
      while (next < count - 1 && behind + step.getValue() >= next * share) {
        double part = step.getValue() == 0 ? 0 : (next * share - behind) / step.getValue();
        places[next++] = place + part * width;
      }
      behind += step.getValue();
    }
    // Rounding may leave the last ones out.
    Arrays.fill(places, next, count, 1);
    return places;
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
