package dev.graft.model;

/**
 * Predicts classes and gives features. The judge and the examiner are classifiers. Row results do
 * not depend on the other rows of a call. Thread-safe; read-only weights are shared.
 */
public interface Classifier extends AutoCloseable {
  int classes();

  /** Length of a feature vector: the layer before the logits. */
  int featureSize();

  /**
   * @param values quantised rows, (count, rowSize)
   * @param count any number; larger than the batch is cut, the rest padded
   */
  Prediction predict(byte[] values, int count);

  @Override
  void close();

  /**
   * @param probabilities softmax outputs, (count, classes)
   * @param features (count, featureSize)
   */
  record Prediction(
      int count, int classes, int featureSize, float[] probabilities, float[] features) {
    public float probability(int row, int label) {
      return probabilities[row * classes + label];
    }

    /** The most probable class; the lowest id of equals. */
    public int best(int row) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        if (probabilities[row * classes + c] > probabilities[row * classes + best]) {
          best = c;
        }
      }
      return best;
    }
  }
}
