package dev.graft.modality;

/**
 * Signatures that met in one bucket, the earliest first, made ready for being compared with each
 * other many times. Used by one thread.
 */
public interface SignatureBucket {
  /**
   * Whether a member lies within the radius of one before it.
   *
   * @param member position in the bucket
   * @param among members from the first on that are compared with; those from {@code member} on are
   *     left out
   */
  boolean nearEarlier(int member, int among);
}
