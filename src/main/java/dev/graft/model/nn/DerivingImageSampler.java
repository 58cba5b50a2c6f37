package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.data.Condition;
import dev.graft.data.LabelledRows;
import dev.graft.model.Derivation;
import dev.graft.model.Derivation.ClassMixture;
import dev.graft.model.Derivation.Interpolation;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.DerivingSampler;
import dev.graft.model.StoredModel;
import java.util.Arrays;

/**
 * A trained generator of images whose samples can start from real images and stand between classes.
 * Calls are full batches here too: what is missing repeats the first entry.
 */
public abstract class DerivingImageSampler extends ImageSampler implements DerivingSampler {
  /** Starts the engine as the model asks. */
  protected DerivingImageSampler(StoredModel model) {
    super(model);
  }

  /**
   * Varies images.
   *
   * @param request class, randomness and controls
   * @param sources a full batch
   * @param strength above 0, to 1
   * @return as {@link #draw}
   */
  protected abstract NDArray vary(
      NDManager scope, Request request, Sources sources, double strength);

  /**
   * The codes that stand for images.
   *
   * @param sources a full batch
   * @return (batch, length)
   */
  protected abstract float[] encode(NDManager scope, Request request, Sources sources);

  /**
   * The images of codes.
   *
   * @param codes (batch, length)
   * @param classes shares of the classes, (batch, classes)
   * @return as {@link #draw}
   */
  protected abstract NDArray decode(
      NDManager scope, Request request, float[] codes, float[] classes);

  /**
   * Draws from two classes at once.
   *
   * @param mixture a full batch
   * @return as {@link #draw}
   */
  protected abstract NDArray mix(NDManager scope, Request request, ClassMixture mixture);

  /** Where the codes of a class lie around, (length); null for the origin. */
  protected double[] centre(int label) {
    return null;
  }

  /** Factor on the distance of codes from their centre. */
  protected double spread(Controls controls) {
    return 1;
  }

  /**
   * The code at a place between two: spherical around the centres, as suits normal noise.
   *
   * @param from around the origin, (length)
   * @param to around the origin, (length)
   */
  protected double[] between(double[] from, double[] to, double position) {
    return LatentPath.at(from, to, position);
  }

  /**
   * A full batch of real images.
   *
   * @param values quantised, (batch, rowSize)
   * @param labels class ids from 0
   */
  protected record Sources(byte[] values, int[] labels) {}

  @Override
  public final byte[] derive(
      Condition condition, Derivation derivation, long seed, long[] indices, Controls controls) {
    if (indices.length != derivation.count()) {
      throw new IllegalArgumentException(
          indices.length + " indices for " + derivation.count() + " samples");
    }
    if (indices.length == 0) {
      return new byte[0];
    }
    Request request = request(condition, seed, row -> indices[row], indices.length, controls);
    return call(indices.length, scope -> derive(scope, request, derivation));
  }

  private NDArray derive(NDManager scope, Request request, Derivation derivation) {
    if (derivation instanceof Variation variation) {
      return vary(scope, request, full(variation.sources()), variation.strength());
    }
    if (derivation instanceof Interpolation interpolation) {
      return interpolate(scope, request, interpolation);
    }
    return mix(scope, request, full((ClassMixture) derivation));
  }

  private NDArray interpolate(NDManager scope, Request request, Interpolation interpolation) {
    ClassMixture classes = full(interpolation.classes());
    float[] from = encode(scope, request, full(interpolation.from()));
    float[] to = encode(scope, request, full(interpolation.to()));
    int length = from.length / batch();
    double spread = spread(request.controls());
    float[] codes = new float[from.length];
    for (int row = 0; row < batch(); row++) {
      double position = classes.shares()[row];
      double[] near = centre(classes.from()[row]);
      double[] far = centre(classes.to()[row]);
      double[] between =
          between(
              around(near, from, row * length, length),
              around(far, to, row * length, length),
              position);
      for (int i = 0; i < length; i++) {
        double centre = near == null ? 0 : (1 - position) * near[i] + position * far[i];
        codes[row * length + i] = (float) (centre + spread * between[i]);
      }
    }
    return decode(scope, request, codes, shares(classes, classes()));
  }

  private static double[] around(double[] centre, float[] codes, int offset, int length) {
    double[] around = new double[length];
    Arrays.setAll(around, i -> codes[offset + i] - (centre == null ? 0 : centre[i]));
    return around;
  }

  private Sources full(LabelledRows rows) {
    int size = shape().rowSize();
    byte[] values = new byte[batch() * size];
    int[] labels = new int[batch()];
    for (int i = 0; i < batch(); i++) {
      int row = i < rows.size() ? i : 0;
      rows.copyRow(row, values, i * size);
      labels[i] = Math.max(0, rows.labels()[row]);
    }
    return new Sources(values, labels);
  }

  private ClassMixture full(ClassMixture mixture) {
    int[] from = new int[batch()];
    int[] to = new int[batch()];
    double[] shares = new double[batch()];
    for (int i = 0; i < batch(); i++) {
      int row = i < mixture.count() ? i : 0;
      from[i] = Math.max(0, mixture.from()[row]);
      to[i] = Math.max(0, mixture.to()[row]);
      shares[i] = mixture.shares()[row];
    }
    return new ClassMixture(from, to, shares);
  }

  /**
   * Shares of the classes, in place of one-hot vectors.
   *
   * @param width of a vector, at least the number of classes
   * @return (count, width)
   */
  protected static float[] shares(ClassMixture mixture, int width) {
    float[] vectors = new float[mixture.count() * width];
    for (int row = 0; row < mixture.count(); row++) {
      vectors[row * width + mixture.from()[row]] += (float) (1 - mixture.shares()[row]);
      vectors[row * width + mixture.to()[row]] += (float) mixture.shares()[row];
    }
    return vectors;
  }

  /** One-hot vectors, (labels, width). */
  protected static float[] oneHot(int[] labels, int width) {
    return shares(ClassMixture.unmixed(labels), width);
  }

  /** What is kept of a source so that kept and fresh normal noise together vary as much. */
  protected static double kept(double strength) {
    return Math.sqrt(1 - strength * strength);
  }
}
