package dev.graft.evaluate.quality;

import dev.graft.model.compare.NeighbourBalls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which real TEST rows of a class no accepted row comes near: those that {@code coverage} counts as
 * not covered, within the class and at the same number of rows.
 *
 * @param label class id
 * @param rows rows on each side
 * @param missed how many of them no accepted row covers
 * @param missedByReal how many no real TUNE row covers: the mark to aim at
 * @param positions of some missed rows in TEST: first those that TUNE rows do cover, where the
 *     generator alone is to blame; of each kind the most remote first
 */
public record MissedRows(
    int label, int rows, int missed, int missedByReal, List<Integer> positions) {
  /** Most positions of a class. */
  static final int MOST = 12;

  public MissedRows {
    positions = List.copyOf(positions);
  }

  /** Of every class that has enough real rows, in class order. */
  public static List<MissedRows> of(
      int classes, ExaminedRows test, ExaminedRows tune, ExaminedRows accepted) {
    List<MissedRows> missed = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      int real = Math.min(test.group(label).length, tune.group(label).length);
      int made = accepted.group(label).length;
      int rows = made < MeasureQuality.FEWEST ? real : Math.min(real, made);
      if (rows >= MeasureQuality.FEWEST) {
        missed.add(of(label, rows, test, tune, accepted));
      }
    }
    return missed;
  }

  private static MissedRows of(
      int label, int rows, ExaminedRows test, ExaminedRows tune, ExaminedRows accepted) {
    NeighbourBalls balls =
        NeighbourBalls.of(
            test.featuresOf(label, rows), test.dimension(), MeasureQuality.NEIGHBOURS);
    int made = Math.min(rows, accepted.group(label).length);
    double[] remote = balls.remoteness(accepted.featuresOf(label, made));
    double[] remoteOfReal = balls.remoteness(tune.featuresOf(label, rows));
    Comparator<Integer> order =
        Comparator.comparing((Integer row) -> remoteOfReal[row] >= 1)
            .thenComparing(row -> remote[row], Comparator.reverseOrder())
            .thenComparing(Comparator.naturalOrder());
    return new MissedRows(
        label,
        rows,
        uncovered(remote),
        uncovered(remoteOfReal),
        IntStream.range(0, rows)
            .filter(row -> remote[row] >= 1)
            .boxed()
            .sorted(order)
            .limit(MOST)
            .map(row -> test.plan().rows()[test.group(label)[row]])
            .toList());
  }

  private static int uncovered(double[] remoteness) {
    return (int) IntStream.range(0, remoteness.length).filter(i -> remoteness[i] >= 1).count();
  }
}
