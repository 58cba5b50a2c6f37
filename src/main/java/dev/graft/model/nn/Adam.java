package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Adam optimizer (Kingma &amp; Ba 2015, https://arxiv.org/abs/1412.6980) with clipping of the
 * global gradient norm. Its moments are kept by parameter name and can be saved and restored to the
 * bit.
 */
public final class Adam {
  private static final float EPSILON = 1e-8f;
  private static final float NO_ELEMENT_CLIP = -1;

  private final ParameterSet parameters;
  private final ParameterSet means;
  private final ParameterSet variances;
  private final Settings settings;

  /**
   * @param clipNorm largest global norm of a gradient; 0 for no limit
   * @param beta1 decay of the mean of gradients
   * @param beta2 decay of the mean of their squares
   */
  public record Settings(double clipNorm, double beta1, double beta2) {
    /** The usual decays. */
    public static Settings clipped(double clipNorm) {
      return new Settings(clipNorm, 0.9, 0.999);
    }
  }

  /**
   * @param parameters what it trains
   */
  public Adam(NDManager manager, ParameterSet parameters, Settings settings) {
    this(parameters, zeros(manager, parameters), zeros(manager, parameters), settings);
  }

  private Adam(
      ParameterSet parameters, ParameterSet means, ParameterSet variances, Settings settings) {
    this.parameters = parameters;
    this.means = means;
    this.variances = variances;
    this.settings = settings;
  }

  private static ParameterSet zeros(NDManager manager, ParameterSet like) {
    ParameterSet set = new ParameterSet(manager);
    like.arrays()
        .forEach(
            (name, array) ->
                set.add(
                    name,
                    new Tensor(
                        array.getShape().getShape(), new float[(int) array.getShape().size()])));
    return set;
  }

  /** An optimizer that goes on from {@link #export}. */
  public static Adam restore(
      NDManager manager, ParameterSet parameters, Map<String, Tensor> moments, Settings settings) {
    ParameterSet means = new ParameterSet(manager);
    ParameterSet variances = new ParameterSet(manager);
    for (String name : parameters.arrays().keySet()) {
      means.add(name, moments.get("mean." + name));
      variances.add(name, moments.get("variance." + name));
    }
    return new Adam(parameters, means, variances, settings);
  }

  /** The moments, by {@code mean.<parameter>} and {@code variance.<parameter>}. */
  public SortedMap<String, Tensor> export() {
    SortedMap<String, Tensor> moments = new TreeMap<>();
    means.export().forEach((name, tensor) -> moments.put("mean." + name, tensor));
    variances.export().forEach((name, tensor) -> moments.put("variance." + name, tensor));
    return moments;
  }

  /**
   * Applies the gradients that {@code backward} left at the parameters, and clears them.
   *
   * @param step of this update, from 1
   */
  public void step(long step, double learningRate) {
    Map<String, PtNDArray> gradients = new HashMap<>();
    try (GradMode off = GradMode.off();
        NDManager scope =
            parameters.arrays().values().iterator().next().getManager().newSubManager()) {
      // In name order, whatever order a checkpoint has brought them back in.
      SortedMap<String, NDArray> squares = new TreeMap<>();
      parameters
          .arrays()
          .forEach(
              (name, array) -> {
                PtNDArray gradient = JniUtils.getGradient(array);
                if (gradient == null) {
                  return;
                }
                gradient.attach(scope);
                gradients.put(name, gradient);
                if (settings.clipNorm() > 0) {
                  squares.put(name, JniUtils.sum(JniUtils.square(gradient)));
                }
              });
      float rescale = rescale(squares.values());
      float beta1 = (float) settings.beta1();
      float beta2 = (float) settings.beta2();
      float correctedRate =
          (float)
              (learningRate
                  * Math.sqrt(1 - StrictMath.pow(beta2, step))
                  / (1 - StrictMath.pow(beta1, step)));
      parameters
          .arrays()
          .forEach(
              (name, array) -> {
                PtNDArray gradient = gradients.get(name);
                if (gradient == null) {
                  return;
                }
                JniUtils.adamUpdate(
                    array,
                    gradient,
                    means.get(name),
                    variances.get(name),
                    (float) learningRate,
                    correctedRate,
                    0,
                    rescale,
                    NO_ELEMENT_CLIP,
                    beta1,
                    beta2,
                    EPSILON,
                    false);
                JniUtils.zeroGrad(array);
              });
    }
  }

  private float rescale(Collection<NDArray> squares) {
    double total = 0;
    for (NDArray square : squares) {
      total += square.getFloat();
    }
    double norm = Math.sqrt(total);
    double most = settings.clipNorm();
    return norm > most && most > 0 ? (float) (most / norm) : 1;
  }
}
