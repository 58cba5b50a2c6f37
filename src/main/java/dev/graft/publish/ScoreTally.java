package dev.graft.publish;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Collects score values by scorer. */
final class ScoreTally {
  private static final class Values {
    private double[] values = new double[1024];
    private int count;

    void add(double value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, count * 2);
      }
      values[count++] = value;
    }
  }

  private final Map<String, Values> byScorer = new TreeMap<>();

  void add(String scorer, Double value) {
    if (value != null) {
      byScorer.computeIfAbsent(scorer, name -> new Values()).add(value);
    }
  }

  Map<String, ScoreQuantiles> quantiles() {
    Map<String, ScoreQuantiles> quantiles = new TreeMap<>();
    byScorer.forEach(
        (scorer, values) ->
            quantiles.put(scorer, ScoreQuantiles.of(Arrays.copyOf(values.values, values.count))));
    return quantiles;
  }
}
