package dev.graft.modality;

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
   * Whether two signatures lie within {@code radius} of each other: the same answer as {@link
   * #distance}, which a scheme may find sooner.
   */
  default boolean within(byte[] left, byte[] right, double radius) {
    return distance(left, right) <= radius;
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
