package dev.graft.model.classifier;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.BatchOrder;
import dev.graft.model.nn.ImageArrays;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.Objective;
import dev.graft.model.nn.ParameterSet;
import java.util.Arrays;
import java.util.Map;

/**
 * Cross-entropy with optional label smoothing and dropout of the features. Better means a higher
 * tune accuracy, then a lower tune loss.
 */
final class ClassifierObjective implements Objective {
  private static final long DROPOUT = 0x64726f70L;

  private final ClassifierNetwork network;
  private final ClassifierNetwork.Architecture architecture;
  private final ClassifierTraining training;
  private final TrainingRun run;
  private final ImageShape shape;
  private final ImageArrays images;
  private final BatchOrder order;
  private final int classes;
  private final NDArray zero;

  ClassifierObjective(
      TrainingRun run,
      NDManager manager,
      ClassifierNetwork network,
      ClassifierNetwork.Architecture architecture,
      ClassifierTraining training) {
    this.run = run;
    this.network = network;
    this.architecture = architecture;
    this.training = training;
    this.shape = ImageShape.of(run.schema());
    this.images = new ImageArrays(manager, shape);
    this.order = new BatchOrder(run.seed(), run.train().size(), training.batch());
    this.classes = run.schema().classes().size();
    this.zero = manager.create(0f);
  }

  @Override
  public Loss loss(ParameterSet weights, NDManager scope, long step) {
    int[] rows = order.rows(step);
    byte[] values =
        training.augment()
            ? shape.gather(run.train(), rows, run.augmenter(), run.seed(), step)
            : shape.gather(run.train(), rows);
    NDArray x = images.upload(scope, values, rows.length);
    NDArray mask = architecture.dropout() > 0 ? mask(scope, rows.length, step) : null;
    NDArray logits = network.apply(weights, x, mask).logits();
    NDArray targets = targets(scope, run.train(), rows);
    return new Loss(crossEntropy(logits, targets), Map.of());
  }

  /** Mean of -target . log softmax(logits); {@code targets} carry the factor -1 / B. */
  private static NDArray crossEntropy(NDArray logits, NDArray targets) {
    return JniUtils.logSoftmax((PtNDArray) logits, 1, DataType.FLOAT32).mul(targets).sum();
  }

  /** Smoothed one-hot labels times -1 / B, (B, classes). */
  private NDArray targets(NDManager scope, LabelledRows data, int[] rows) {
    float rest = (float) (training.labelSmoothing() / classes);
    float[] targets = new float[rows.length * classes];
    Arrays.fill(targets, -rest / rows.length);
    for (int i = 0; i < rows.length; i++) {
      targets[i * classes + data.labels()[rows[i]]] -=
          (float) (1 - training.labelSmoothing()) / rows.length;
    }
    return scope.create(targets, new Shape(rows.length, classes));
  }

  /** Keeps a feature with probability 1 - dropout and scales it up by as much, (B, featureSize). */
  private NDArray mask(NDManager scope, int rows, long step) {
    CounterRandom random = CounterRandom.of(run.seed(), DROPOUT, step);
    float kept = (float) (1 / (1 - architecture.dropout()));
    float[] mask = new float[rows * network.featureSize()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.uniform(i) < architecture.dropout() ? 0 : kept;
    }
    return scope.create(mask, new Shape(rows, network.featureSize()));
  }

  @Override
  public Map<String, Double> evaluate(ParameterSet weights) {
    LabelledRows tune = run.tune();
    int batch = run.definition().compute().batch();
    double loss = 0;
    int right = 0;
    for (int start = 0; start < tune.size(); start += batch) {
      int count = Math.min(batch, tune.size() - start);
      try (NDManager scope = zero.getManager().newSubManager()) {
        byte[] values =
            Arrays.copyOfRange(
                tune.values(), start * shape.rowSize(), (start + count) * shape.rowSize());
        NDArray logits = network.apply(weights, images.upload(scope, values, count), null).logits();
        float[] logProbabilities = logits.logSoftmax(1).toFloatArray();
        for (int i = 0; i < count; i++) {
          int label = tune.labels()[start + i];
          loss -= logProbabilities[i * classes + label];
          right += best(logProbabilities, i * classes) == label ? 1 : 0;
        }
      }
    }
    return Map.of("tune-loss", loss / tune.size(), "tune-accuracy", (double) right / tune.size());
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

  @Override
  public boolean better(Map<String, Double> figures, Map<String, Double> best) {
    int byAccuracy = Double.compare(figures.get("tune-accuracy"), best.get("tune-accuracy"));
    return byAccuracy != 0 ? byAccuracy > 0 : figures.get("tune-loss") < best.get("tune-loss");
  }
}
