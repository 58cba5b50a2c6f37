package dev.graft.model.adversarial;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import com.google.common.hash.Hashing;
import dev.graft.data.CounterRandom;
import dev.graft.model.nn.GradMode;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Spectral normalisation (Miyato et al. 2018, https://arxiv.org/abs/1802.05957): each weight matrix
 * W, (out, in), is divided by an estimate of its greatest singular value, sigma = u' W v, so that
 * no layer stretches more than the difference of its inputs. u is followed by power iteration, v =
 * W'u / |W'u| and u = W v / |W v|, once per update; gradients take u and v for constants.
 */
final class SpectralNorm {
  private static final String WEIGHT = ".weight";
  private static final double LEAST_LENGTH = 1e-12;

  private final SortedMap<String, float[]> left = new TreeMap<>();

  /** Begins anew, with directions that {@code seed} draws for every weight matrix of a network. */
  void start(ParameterSet weights, long seed) {
    weights
        .arrays()
        .forEach(
            (name, weight) -> {
              if (name.endsWith(WEIGHT)) {
                float[] u = new float[(int) weight.getShape().get(0)];
                long key = Hashing.sha256().hashString(name, StandardCharsets.UTF_8).asLong();
                CounterRandom.of(seed, key).gaussian(u, 0, u.length);
                left.put(name, unit(u));
              }
            });
  }

  /** The left directions u by weight, which the rest of a training depends on. */
  SortedMap<String, Tensor> state() {
    SortedMap<String, Tensor> state = new TreeMap<>();
    left.forEach((name, u) -> state.put(name, Tensor.of(u.clone(), u.length)));
    return state;
  }

  /** Goes on from {@link #state}. */
  void restore(SortedMap<String, Tensor> state) {
    left.clear();
    state.forEach((name, tensor) -> left.put(name, tensor.values().clone()));
  }

  /** One power iteration. */
  void iterate(ParameterSet weights, NDManager manager) {
    try (GradMode off = GradMode.off();
        NDManager scope = manager.newSubManager()) {
      left.replaceAll(
          (name, u) -> {
            NDArray matrix = matrix(weights.get(name), scope);
            NDArray v = right(row(u, scope), matrix); // (1, in)
            return unit(v.matMul(matrix.transpose())).toFloatArray();
          });
    }
  }

  /**
   * The weights as the network is to use them; gradients flow back to the given ones.
   *
   * @param scope holds the arrays that are new
   */
  ParameterSet apply(ParameterSet weights, NDManager scope) {
    Map<String, PtNDArray> normal = new HashMap<>();
    left.forEach(
        (name, u) -> {
          PtNDArray weight = weights.get(name);
          NDArray matrix = matrix(weight, scope);
          NDArray v;
          try (GradMode off = GradMode.off()) {
            v = right(row(u, scope), matrix); // (1, in)
          }
          NDArray sigma = row(u, scope).matMul(matrix).mul(v).sum();
          PtNDArray divided = JniUtils.div(weight, (PtNDArray) sigma);
          divided.attach(scope);
          normal.put(name, divided);
        });
    return weights.with(normal);
  }

  /** v of a u, (1, out) to (1, in). */
  private static NDArray right(NDArray u, NDArray matrix) {
    return unit(u.matMul(matrix));
  }

  private static NDArray row(float[] u, NDManager scope) {
    return scope.create(u, new Shape(1, u.length));
  }

  private static NDArray unit(NDArray row) {
    return JniUtils.normalize((PtNDArray) row, 2, 1, LEAST_LENGTH);
  }

  private static float[] unit(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / Math.sqrt(squares));
    }
    return unit;
  }

  /** (out, in), a convolution's with height, width and input channels as one. */
  private static NDArray matrix(NDArray weight, NDManager scope) {
    Shape shape = weight.getShape();
    NDArray view = shape.dimension() == 4 ? weight.transpose(0, 2, 3, 1) : weight.reshape(shape);
    view.attach(scope);
    return view.reshape(shape.get(0), -1);
  }
}
