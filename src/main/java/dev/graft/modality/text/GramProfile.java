package dev.graft.modality.text;

import dev.graft.modality.RowProfile;

/**
 * Counts of runs of four characters, hashed to {@value #LENGTH} places and scaled to a norm of 255:
 * the distance of two texts, from 0 to 1.41 on the scale of reports, is that of the angle between
 * their counts, so that a text with a word more is still near. Equal profiles are equal texts, but
 * for case, white space, the order of their parts and what hashing and rounding hide.
 */
final class GramProfile implements RowProfile {
  private static final int LENGTH = 512;
  private static final int GRAM = 4;
  private static final int NORM = 255;

  private final int rowSize;
  private final boolean parted;

  /**
   * @param parted whether texts have several parts
   */
  GramProfile(int rowSize, boolean parted) {
    this.rowSize = rowSize;
    this.parted = parted;
  }

  @Override
  public int length() {
    return LENGTH;
  }

  @Override
  public byte[] of(byte[] values) {
    int rows = values.length / rowSize;
    byte[] profiles = new byte[rows * LENGTH];
    for (int row = 0; row < rows; row++) {
      int[] counts = new int[LENGTH];
      String text = CanonicalText.plain(values, row * rowSize, rowSize);
      for (long hash : Shingles.of(TextParts.pieces(text, parted), GRAM)) {
        counts[(int) Long.remainderUnsigned(hash, LENGTH)]++;
      }
      long squares = 0;
      for (int count : counts) {
        squares += (long) count * count;
      }
      double scale = NORM / Math.sqrt(Math.max(1, squares));
      for (int i = 0; i < LENGTH; i++) {
        profiles[row * LENGTH + i] = (byte) Math.rint(counts[i] * scale);
      }
    }
    return profiles;
  }
}
