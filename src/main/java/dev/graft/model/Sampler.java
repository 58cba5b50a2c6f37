package dev.graft.model;

import dev.graft.data.Condition;
import java.util.List;
import java.util.Map;

/**
 * Draws samples from a trained generator. A sample depends only on (weights, seed, condition,
 * index, controls): never on the batch it is drawn in. Thread-safe; read-only weights are shared.
 */
public interface Sampler extends AutoCloseable {
  /** Rows of one model call; shorter requests are padded to it inside. */
  int batch();

  /**
   * Draws rows {@code firstIndex} to {@code firstIndex + count - 1} of a condition.
   *
   * @param count at most {@link #batch()}
   * @return quantised values, (count, rowSize)
   */
  byte[] sample(Condition condition, long seed, long firstIndex, int count, Controls controls);

  @Override
  void close();

  /**
   * The model's own knobs.
   *
   * @param values numbers by name; absent ones take the family's default
   * @param texts those whose values are texts, by name
   */
  record Controls(Map<String, Double> values, Map<String, List<String>> texts) {
    public static final Controls NONE = new Controls(Map.of());

    public Controls {
      values = Map.copyOf(values);
      texts = Map.copyOf(texts);
    }

    /** Numbers alone. */
    public Controls(Map<String, Double> values) {
      this(values, Map.of());
    }

    public double get(String name, double otherwise) {
      return values.getOrDefault(name, otherwise);
    }
  }
}
