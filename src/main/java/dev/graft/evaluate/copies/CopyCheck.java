package dev.graft.evaluate.copies;

import dev.graft.evaluate.Figure;
import java.util.Arrays;

/** From squared distances to the nearest training row to shares of copies. */
public final class CopyCheck {
  /** The threshold is taken from at most so many TUNE rows, a seeded subset. */
  public static final int MOST_TUNE_ROWS = 10_000;

  private static final double STEPS = 255;

  private CopyCheck() {}

  /**
   * @param trainRows rows searched
   * @param candidates squared distances of a draw of all candidates, in any order
   * @param accepted squared distances of accepted rows, in any order
   * @param tune squared distances of real TUNE rows, in any order
   */
  public static CopyFigures figures(
      int trainRows, long[] candidates, long[] accepted, long[] tune) {
    long[] reference = sorted(tune);
    if (reference.length == 0) {
      Figure undefined = Figure.undefined("there are no real tune rows to compare with");
      return new CopyFigures(
          trainRows,
          undefined,
          side(sorted(candidates), undefined, 0),
          side(sorted(accepted), undefined, 0),
          side(reference, undefined, 0));
    }
    long threshold = percentile(reference, CopyFigures.PERCENT);
    Figure distance = Figure.of(distance(threshold));
    return new CopyFigures(
        trainRows,
        distance,
        side(sorted(candidates), distance, threshold),
        side(sorted(accepted), distance, threshold),
        side(reference, distance, threshold));
  }

  /** Distance of values scaled to 0..1. */
  public static double distance(long squared) {
    return Math.sqrt(squared) / STEPS;
  }

  private static CopyFigures.Side side(long[] distances, Figure limit, long threshold) {
    if (distances.length == 0) {
      Figure none = Figure.undefined("there are no rows");
      return new CopyFigures.Side(0, none, none, none, none, none);
    }
    return new CopyFigures.Side(
        distances.length,
        limit.isDefined() ? share(distances, threshold) : limit,
        share(distances, 0),
        Figure.of(distance(percentile(distances, 1))),
        Figure.of(distance(percentile(distances, 50))),
        Figure.of(distance(percentile(distances, 99))));
  }

  private static Figure share(long[] distances, long threshold) {
    long within = Arrays.stream(distances).filter(distance -> distance <= threshold).count();
    return Figure.of((double) within / distances.length);
  }

  /** The smallest value that at least {@code percent} per cent of the values do not exceed. */
  private static long percentile(long[] ascending, double percent) {
    int rank = (int) Math.ceil(percent / 100 * ascending.length);
    return ascending[Math.max(0, rank - 1)];
  }

  private static long[] sorted(long[] values) {
    long[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }
}
