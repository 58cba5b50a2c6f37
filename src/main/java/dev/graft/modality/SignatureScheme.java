package dev.graft.modality;

import java.util.Arrays;

/**
 * Compact signatures of rows, such that near-duplicates have near signatures. Thread-safe and
 * deterministic.
 */
public interface SignatureScheme {
  /** Length of a signature in bytes. */
  int length();

  /** The signature of the row at {@code offset} of {@code values}. */
  byte[] signature(byte[] values, int offset);

  /** Distance of two signatures in the scheme's declared unit. */
  double distance(byte[] left, byte[] right);

  /**
   * Whether two signatures of a column of many lie within {@code radius} of each other: the same
   * answer as {@link #distance}, which a scheme may find sooner.
   *
   * @param signatures one after the other, (rows, {@link #length})
   * @param left row of the one
   * @param right row of the other
   */
  default boolean within(byte[] signatures, int left, int right, double radius) {
    int length = length();
    return distance(
            Arrays.copyOfRange(signatures, left * length, (left + 1) * length),
            Arrays.copyOfRange(signatures, right * length, (right + 1) * length))
        <= radius;
  }

  /**
   * The signatures that met in a bucket.
   *
   * @param signatures one after the other, (rows, {@link #length})
   * @param rows of the members, the earliest first; one that stands there twice is not near itself
   */
  default SignatureBucket bucket(byte[] signatures, int[] rows, double radius) {
    return (member, among) -> {
      for (int i = 0; i < Math.min(member, among); i++) {
        if (rows[i] != rows[member] && within(signatures, rows[i], rows[member], radius)) {
          return true;
        }
      }
      return false;
    };
  }

  /**
   * Keys such that two signatures within {@code radius} share at least one with a probability of at
   * least 0.97 (the scheme states its own figure).
   */
  long[] buckets(byte[] signature, double radius);

  /** The default distance below which two rows count as near-duplicates. */
  double defaultRadius();

  /** What a distance means, for reports. */
  String unit();
}
