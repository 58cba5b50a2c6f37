package dev.graft.spec;

/**
 * How much one launch may take before it is ended with an error. It is in no fingerprint: what is
 * drawn or trained never depends on it.
 *
 * @param minutes of one launch; 0 for any number
 * @param bytes that one launch may write below the work directory; 0 for any number
 */
public record LaunchLimits(double minutes, long bytes) {
  public static final LaunchLimits NONE = new LaunchLimits(0, 0);
}
