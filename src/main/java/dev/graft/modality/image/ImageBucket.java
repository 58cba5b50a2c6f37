package dev.graft.modality.image;

import dev.graft.modality.SignatureBucket;
import java.util.Arrays;

/**
 * A bucket of image signatures. The squares at the first few places of a member are summed against
 * all earlier members side by side, in plain arrays that become vector instructions; only pairs
 * that these places do not part yet are looked at whole. The answer is that of {@link
 * ImageSignatures#within}.
 */
final class ImageBucket implements SignatureBucket {
  /** Places of the order of comparison that are summed side by side. */
  private static final int LEADING = 32;

  private final ImageSignatures scheme;
  private final byte[] signatures;
  private final int[] rows;
  private final double radius;
  private final int most;
  private final int[][] leading;
  private final int[] sums;

  /**
   * @param signatures (rows, length)
   * @param rows of the members
   * @param order places of a signature, in the order of comparison
   */
  ImageBucket(ImageSignatures scheme, byte[] signatures, int[] rows, int[] order, double radius) {
    this.scheme = scheme;
    this.signatures = signatures;
    this.rows = rows;
    this.radius = radius;
    this.most = scheme.mostSquares(radius);
    this.leading = new int[LEADING][rows.length];
    this.sums = new int[rows.length];
    for (int member = 0; member < rows.length; member++) {
      int start = rows[member] * order.length;
      for (int i = 0; i < LEADING; i++) {
        leading[i][member] = signatures[start + order[i]] & 0xFF;
      }
    }
  }

  @Override
  public boolean nearEarlier(int member, int among) {
    int count = Math.min(member, among);
    Arrays.fill(sums, 0, count, 0);
    for (int[] column : leading) {
      addSquares(column[member], column, sums, count);
    }
    for (int earlier = 0; earlier < count; earlier++) {
      if (sums[earlier] <= most
          && rows[earlier] != rows[member]
          && scheme.within(signatures, rows[earlier], rows[member], radius)) {
        return true;
      }
    }
    return false;
  }

  private static void addSquares(int value, int[] column, int[] sums, int count) {
    for (int i = 0; i < count; i++) {
      int difference = column[i] - value;
      sums[i] += difference * difference;
    }
  }
}
