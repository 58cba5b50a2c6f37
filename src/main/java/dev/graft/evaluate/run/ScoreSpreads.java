package dev.graft.evaluate.run;

import dev.graft.evaluate.evidence.ScoreSpread;
import dev.graft.evaluate.evidence.ScoreSpread.Bound;
import dev.graft.score.Scorer.ScorerInfo;
import dev.graft.score.Scorers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts scores into bins. */
final class ScoreSpreads {
  private static final int BINS = 48;
  private static final double OUTSIDE = 0.005; // share of values beyond the axis on each side

  private ScoreSpreads() {}

  /**
   * @param bounds by scorer
   */
  static List<ScoreSpread> of(Candidates candidates, Map<String, List<Bound>> bounds) {
    List<ScoreSpread> spreads = new ArrayList<>();
    candidates
        .scores()
        .forEach(
            (name, column) -> {
              Optional<ScorerInfo> info =
                  Scorers.all().stream()
                      .map(factory -> factory.info())
                      .filter(known -> known.name().equals(name))
                      .findFirst();
              float[] known = known(column);
              if (known.length > 0) {
                spreads.add(
                    spread(
                        name,
                        info.map(ScorerInfo::meaning).orElse(""),
                        info.map(ScorerInfo::higherIsBetter).orElse(true),
                        column,
                        known,
                        candidates.table().accepted(),
                        bounds.getOrDefault(name, List.of())));
              }
            });
    return spreads;
  }

  private static ScoreSpread spread(
      String name,
      String meaning,
      boolean higherIsBetter,
      float[] column,
      float[] ascending,
      boolean[] kept,
      List<Bound> bounds) {
    double low = ascending[(int) (OUTSIDE * (ascending.length - 1))];
    double high = ascending[(int) Math.ceil((1 - OUTSIDE) * (ascending.length - 1))];
    for (Bound bound : bounds) {
      low = Math.min(low, bound.value());
      high = Math.max(high, bound.value());
    }
    if (high - low < 1e-6) {
      low -= 0.5;
      high += 0.5;
    }
    long[] accepted = new long[BINS];
    long[] others = new long[BINS];
    for (int i = 0; i < column.length; i++) {
      if (!Float.isNaN(column[i])) {
        int bin = (int) Math.floor((column[i] - low) / (high - low) * BINS);
        (kept[i] ? accepted : others)[Math.max(0, Math.min(BINS - 1, bin))]++;
      }
    }
    return new ScoreSpread(name, meaning, higherIsBetter, low, high, accepted, others, bounds);
  }

  private static float[] known(float[] column) {
    float[] known = new float[column.length];
    int count = 0;
    for (float value : column) {
      if (!Float.isNaN(value)) {
        known[count++] = value;
      }
    }
    known = Arrays.copyOf(known, count);
    Arrays.sort(known);
    return known;
  }
}
