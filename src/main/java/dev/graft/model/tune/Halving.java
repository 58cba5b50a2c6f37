package dev.graft.model.tune;

import dev.graft.data.GraftException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Successive halving (Jamieson &amp; Talwalkar 2016, https://arxiv.org/abs/1502.07943): all trials
 * train for a few steps, the best one of {@code eta} goes on for {@code eta} times as many, and so
 * forth, as long as there are two to compare. Trial 0, the definition's own settings, goes on
 * whatever its place, so that the winner is held against it at the same steps.
 *
 * @param rungs from the first to the last
 * @param evalEvery steps between evaluations of trials; every rung but the last ends with one
 */
public record Halving(List<Rung> rungs, long evalEvery) {

  /**
   * @param trials that reach it by their score
   * @param steps that they have been trained at its end
   */
  public record Rung(int trials, long steps) {}

  public Halving {
    rungs = List.copyOf(rungs);
  }

  /**
   * The schedule.
   *
   * @param trials at least 2
   * @param steps of the last rung
   * @param eta at least 2
   * @param evalEvery of the definition; rungs end at a multiple of it where they are long enough
   * @throws GraftException (exit 2) when the first rung would have no steps
   */
  public static Halving of(int trials, long steps, int eta, long evalEvery) {
    List<Integer> counts = new ArrayList<>();
    for (int count = trials; count >= 2; count = (count + eta - 1) / eta) {
      counts.add(count);
    }
    long first = steps;
    long least = 1;
    for (int rung = 1; rung < counts.size(); rung++) {
      first /= eta;
      least *= eta;
    }
    if (first == 0) {
      throw GraftException.usage(
          "%d trials with eta %d are %d rungs, which need at least %d steps; tune.steps is %d",
          trials, eta, counts.size(), least, steps);
    }
    if (first >= evalEvery) {
      first -= first % evalEvery;
    }
    List<Rung> rungs = new ArrayList<>();
    long reached = first;
    for (int rung = 0; rung < counts.size(); rung++) {
      boolean last = rung == counts.size() - 1;
      rungs.add(new Rung(counts.get(rung), last ? steps : reached));
      reached *= eta;
    }
    return new Halving(rungs, Math.min(first, evalEvery));
  }

  /**
   * Who goes on.
   *
   * @param scores of the trials that ended the rung well, by number
   * @param count how many go on by their score
   * @return numbers, ascending; with 0 if it has a score
   */
  public static List<Integer> promoted(
      SortedMap<Integer, Double> scores, boolean lowerIsBetter, int count) {
    TreeSet<Integer> chosen = new TreeSet<>();
    ranked(scores, lowerIsBetter).stream().limit(count).forEach(chosen::add);
    if (scores.containsKey(0)) {
      chosen.add(0);
    }
    return List.copyOf(chosen);
  }

  /** Numbers, best first; of equals the lower one. */
  public static List<Integer> ranked(SortedMap<Integer, Double> scores, boolean lowerIsBetter) {
    Comparator<Map.Entry<Integer, Double>> byScore = Map.Entry.comparingByValue();
    return scores.entrySet().stream()
        .sorted(
            (lowerIsBetter ? byScore : byScore.reversed())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
