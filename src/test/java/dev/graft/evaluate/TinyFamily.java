package dev.graft.evaluate;

import dev.graft.data.DatasetSchema;
import dev.graft.model.Classifier;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelFamily;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A nearest-centroid classifier on the brightness of the four quarters of a grey image. */
public final class TinyFamily implements ModelFamily<Classifier> {
  private static final int QUARTERS = 4;

  /** Trainings in this JVM. */
  public static final AtomicInteger FITTED = new AtomicInteger();

  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public String description() {
    return "nearest centroid";
  }

  @Override
  public Class<Classifier> modelType() {
    return Classifier.class;
  }

  @Override
  public FittedModel fit(TrainingRun run) {
    FITTED.incrementAndGet();
    int classes = run.schema().classes().size();
    double[] sums = new double[classes * QUARTERS];
    int[] counts = new int[classes];
    for (int row = 0; row < run.train().size(); row++) {
      int label = run.train().labels()[row];
      double[] quarters = quarters(run.train().values(), row, run.schema());
      counts[label]++;
      for (int q = 0; q < QUARTERS; q++) {
        sums[label * QUARTERS + q] += quarters[q];
      }
    }
    ByteBuffer weights = ByteBuffer.allocate(sums.length * Double.BYTES);
    for (int i = 0; i < sums.length; i++) {
      weights.putDouble(sums[i] / Math.max(1, counts[i / QUARTERS]));
    }
    return new FittedModel(
        weights.array(),
        List.of(
            new FittedModel.HistoryPoint(1, Map.of("train-loss", 2.0, "tune-loss", 2.1)),
            new FittedModel.HistoryPoint(2, Map.of("train-loss", 1.0, "tune-loss", 1.2))),
        2,
        Map.of("tune-loss", 1.2));
  }

  @Override
  public Classifier open(StoredModel model) {
    DatasetSchema schema = model.card().schema();
    int classes = schema.classes().size();
    double[] centroids = new double[classes * QUARTERS];
    ByteBuffer.wrap(model.weights()).asDoubleBuffer().get(centroids);
    return new Classifier() {
      @Override
      public int classes() {
        return classes;
      }

      @Override
      public int featureSize() {
        return QUARTERS;
      }

      @Override
      public Prediction predict(byte[] values, int count) {
        float[] probabilities = new float[count * classes];
        float[] features = new float[count * QUARTERS];
        for (int row = 0; row < count; row++) {
          double[] quarters = quarters(values, row, schema);
          for (int q = 0; q < QUARTERS; q++) {
            features[row * QUARTERS + q] = (float) quarters[q];
          }
          for (int label = 0; label < classes; label++) {
            double squared = 0;
            for (int q = 0; q < QUARTERS; q++) {
              double gap = quarters[q] - centroids[label * QUARTERS + q];
              squared += gap * gap;
            }
            probabilities[row * classes + label] = (float) (1 / (1 + squared));
          }
          normalise(probabilities, row * classes, classes);
        }
        return new Prediction(count, classes, QUARTERS, probabilities, features);
      }

      @Override
      public void close() {}
    };
  }

  private static void normalise(float[] values, int offset, int count) {
    float sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[offset + i];
    }
    for (int i = 0; i < count; i++) {
      values[offset + i] /= sum;
    }
  }

  private static double[] quarters(byte[] values, int row, DatasetSchema schema) {
    int side = schema.shape().get(2);
    double[] quarters = new double[QUARTERS];
    for (int i = 0; i < side * side; i++) {
      int quarter = (i / side / (side / 2)) * 2 + i % side / (side / 2);
      quarters[quarter] += (values[row * side * side + i] & 0xFF) * 4.0 / (side * side);
    }
    return quarters;
  }
}
