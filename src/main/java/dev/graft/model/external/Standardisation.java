package dev.graft.model.external;

import dev.graft.model.nn.Tensor;
import java.util.Map;

/**
 * Moves and scales each component of embeddings to mean 0 and deviation 1 over the train rows; one
 * that is always the same becomes 0.
 *
 * @param means (width)
 * @param factors 1 / deviation, (width)
 */
record Standardisation(float[] means, float[] factors) {
  private static final String MEANS = "standard.means";
  private static final String FACTORS = "standard.factors";
  private static final double LEAST_DEVIATION = 1e-12;

  /** Of (rows, width) embeddings. */
  static Standardisation of(float[] embeddings, int width) {
    int rows = embeddings.length / width;
    float[] means = new float[width];
    float[] factors = new float[width];
    for (int i = 0; i < width; i++) {
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += embeddings[row * width + i];
      }
      double mean = sum / rows;
      double squares = 0;
      for (int row = 0; row < rows; row++) {
        double distance = embeddings[row * width + i] - mean;
        squares += distance * distance;
      }
      double deviation = Math.sqrt(squares / rows);
      means[i] = (float) mean;
      factors[i] = deviation < LEAST_DEVIATION ? 0 : (float) (1 / deviation);
    }
    return new Standardisation(means, factors);
  }

  static Standardisation of(Map<String, Tensor> tensors) {
    return new Standardisation(tensors.get(MEANS).values(), tensors.get(FACTORS).values());
  }

  Map<String, Tensor> export() {
    return Map.of(
        MEANS, Tensor.of(means, means.length), FACTORS, Tensor.of(factors, factors.length));
  }

  /** (rows, width) to the same. */
  float[] apply(float[] embeddings) {
    float[] standard = new float[embeddings.length];
    for (int i = 0; i < standard.length; i++) {
      int component = i % means.length;
      standard[i] = (embeddings[i] - means[component]) * factors[component];
    }
    return standard;
  }
}
