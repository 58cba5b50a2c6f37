package dev.graft.evaluate.copies;

import dev.graft.evaluate.Figure;

/**
 * How near rows lie to their nearest real TRAIN row, over all of TRAIN and by the modality's {@link
 * dev.graft.modality.RowProfile} (for images: pixels) scaled to 0..1, by Euclidean distance. Exact:
 * whole numbers throughout.
 *
 * <p>A row counts as copied when it is as near as the nearest {@link #PERCENT} of unseen real rows
 * are, or nearer. Real data holds repeated rows, so a share alone says little: it stands beside the
 * same share of real TUNE rows.
 *
 * @param trainRows rows searched
 * @param threshold distance up to which a row counts as copied
 * @param candidates of a seeded draw of all candidates, whatever selection made of them
 * @param accepted of accepted synthetic rows
 * @param tune of real TUNE rows (a seeded subset of at most {@link CopyCheck#MOST_TUNE_ROWS})
 */
public record CopyFigures(
    int trainRows, Figure threshold, Side candidates, Side accepted, Side tune) {
  /** Percentile of tune-to-train distances that is the threshold. */
  public static final double PERCENT = 1;

  /**
   * @param rows rows of this side
   * @param copied share of rows up to the threshold
   * @param exact share of rows that equal a train row
   * @param p01 distance of the nearest 1 %
   * @param median distance
   * @param p99 distance of all but the farthest 1 %
   */
  public record Side(
      int rows, Figure copied, Figure exact, Figure p01, Figure median, Figure p99) {}
}
