package dev.graft.model;

/** What tells how far apart samples are: the Euclidean distance between these numbers of each. */
@FunctionalInterface
public interface Looks {
  /**
   * @param samples quantised rows, (count, rowSize)
   * @return (count, length), of any length that is the same for all samples
   */
  float[] of(byte[] samples, int count);

  /** The quantised values themselves. */
  Looks VALUES =
      (samples, count) -> {
        float[] values = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
          values[i] = samples[i] & 0xff;
        }
        return values;
      };

  /** The features of a classifier. */
  static Looks to(Classifier classifier) {
    return (samples, count) -> classifier.predict(samples, count).features();
  }
}
