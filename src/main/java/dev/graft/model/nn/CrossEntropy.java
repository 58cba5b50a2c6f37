package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.Map;

/**
 * The loss of classifiers, -target . log softmax(logits) in nats, and their figures on tune rows.
 * Better means a higher accuracy, then a lower loss.
 */
public final class CrossEntropy {
  private final int classes;
  private double loss;
  private int right;
  private int rows;

  /** Figures of no rows yet. */
  public CrossEntropy(int classes) {
    this.classes = classes;
  }

  /**
   * The mean over a batch.
   *
   * @param logits (B, classes)
   * @param labels of all data
   * @param positions of the batch's rows among them
   * @param smoothing share of the target that is spread over all classes
   */
  public static NDArray loss(
      NDManager scope, NDArray logits, int[] labels, int[] positions, double smoothing) {
    int classes = Math.toIntExact(logits.getShape().get(1));
    int rows = positions.length;
    float[] targets = smoothed(rows, classes, smoothing);
    for (int i = 0; i < rows; i++) {
      targets[i * classes + labels[positions[i]]] -= (float) (1 - smoothing) / rows;
    }
    return loss(scope, logits, targets);
  }

  /**
   * The mean over a batch of what is learnt from soft targets (Hinton et al. 2015).
   *
   * @param logits (B, classes)
   * @param probabilities of all data, (rows, classes); those of a row sum to one
   * @param positions of the batch's rows among them
   * @param smoothing share of the target that is spread over all classes
   */
  public static NDArray softLoss(
      NDManager scope, NDArray logits, float[] probabilities, int[] positions, double smoothing) {
    int classes = Math.toIntExact(logits.getShape().get(1));
    int rows = positions.length;
    float[] targets = smoothed(rows, classes, smoothing);
    for (int i = 0; i < rows; i++) {
      for (int c = 0; c < classes; c++) {
        targets[i * classes + c] -=
            (float) (1 - smoothing) / rows * probabilities[positions[i] * classes + c];
      }
    }
    return loss(scope, logits, targets);
  }

  /** What smoothing alone makes of targets, with the factor -1 / B. */
  private static float[] smoothed(int rows, int classes, double smoothing) {
    float[] targets = new float[rows * classes];
    Arrays.fill(targets, -(float) (smoothing / classes) / rows);
    return targets;
  }

  private static NDArray loss(NDManager scope, NDArray logits, float[] targets) {
    Shape shape = logits.getShape();
    return JniUtils.logSoftmax((PtNDArray) logits, 1, DataType.FLOAT32)
        .mul(scope.create(targets, shape))
        .sum();
  }

  /**
   * Counts a batch.
   *
   * @param logits (B, classes)
   * @param labels of all data; those of the batch begin at {@code start}
   */
  public void add(NDArray logits, int[] labels, int start) {
    float[] logProbabilities = logits.logSoftmax(1).toFloatArray();
    int count = logProbabilities.length / classes;
    for (int i = 0; i < count; i++) {
      int label = labels[start + i];
      loss -= logProbabilities[i * classes + label];
      right += best(logProbabilities, i * classes) == label ? 1 : 0;
    }
    rows += count;
  }

  private int best(float[] row, int offset) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (row[offset + c] > row[offset + best]) {
        best = c;
      }
    }
    return best;
  }

  /** Of all rows counted: {@code tune-loss} and {@code tune-accuracy}. */
  public Map<String, Double> figures() {
    return Map.of("tune-loss", loss / rows, "tune-accuracy", (double) right / rows);
  }

  /** Whether one is strictly better than the other, both from {@link #figures}. */
  public static boolean better(Map<String, Double> figures, Map<String, Double> best) {
    int byAccuracy = Double.compare(figures.get("tune-accuracy"), best.get("tune-accuracy"));
    return byAccuracy != 0 ? byAccuracy > 0 : figures.get("tune-loss") < best.get("tune-loss");
  }
}
