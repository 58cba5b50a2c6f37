package dev.graft.model.adversarial;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import dev.graft.data.CounterRandom;
import dev.graft.model.nn.Adam;
import dev.graft.model.nn.GradMode;
import dev.graft.model.nn.ImageArrays;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Scalars;
import dev.graft.model.nn.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Finds the noise from which a generator makes an image that is given (Zhu et al. 2016,
 * https://arxiv.org/abs/1609.03552), by a fixed number of steps of Adam from the {@value #STARTS}
 * nearest of {@value #POOL} drawn images of the class; the better end counts. The loss is the mean
 * squared error of the pixels, the same of a smaller image, and a little of the noise's square,
 * which keeps it where noise is found. The noise of an image depends on generator, class and image
 * alone. A batch costs about {@code 3 * STARTS * STEPS} draws; noises are kept, so an image that
 * comes again costs nothing. Thread-safe.
 */
final class Inversion {
  static final int STARTS = 2;
  static final int STEPS = 60;
  static final int POOL = 128;

  private static final long START = 0x696e76657274L;
  private static final double RATE = 0.1;
  private static final double LAST_RATE = 0.01;
  private static final double SMALL = 1;
  private static final double TYPICAL = 0.005;
  private static final int MOST_KEPT = 200_000;

  private final NDManager manager;
  private final GeneratorNetwork network;
  private final ParameterSet weights;
  private final ImageShape shape;
  private final ImageArrays arrays;
  private final int latent;
  private final int classes;
  private final int batch;
  private final Shape smaller;
  private final NDArray two;
  private final NDArray one;
  private final Map<Integer, Drawn> pools = new ConcurrentHashMap<>();
  private final Cache<HashCode, float[]> found =
      CacheBuilder.newBuilder().maximumSize(MOST_KEPT).build();

  /**
   * Images and their noise.
   *
   * @param noise (count, latent)
   * @param images quantised, (count, rowSize)
   */
  private record Drawn(float[] noise, byte[] images) {}

  /**
   * @param manager holds what is kept for all calls
   * @param batch rows of every call of the network
   * @param smallest how many times smaller the generator's smallest image is
   */
  Inversion(
      NDManager manager,
      GeneratorNetwork network,
      ParameterSet weights,
      ImageShape shape,
      int latent,
      int classes,
      int batch,
      int smallest) {
    this.manager = manager;
    this.network = network;
    this.weights = weights;
    this.shape = shape;
    this.arrays = new ImageArrays(manager, shape);
    this.latent = latent;
    this.classes = classes;
    this.batch = batch;
    this.smaller = new Shape(shape.height() / smallest, shape.width() / smallest);
    this.two = manager.create(2f);
    this.one = manager.create(1f);
  }

  /**
   * The noise of images.
   *
   * @param images quantised, (count, rowSize)
   * @param labels class of each
   * @return (count, latent)
   */
  float[] invert(byte[] images, int[] labels) {
    int size = shape.rowSize();
    HashCode[] keys = new HashCode[labels.length];
    Map<HashCode, float[]> noise = new HashMap<>();
    List<Integer> missing = new ArrayList<>();
    Set<HashCode> asked = new HashSet<>();
    for (int row = 0; row < labels.length; row++) {
      keys[row] =
          Hashing.sha256()
              .newHasher()
              .putInt(labels[row])
              .putBytes(images, row * size, size)
              .hash();
      float[] known = found.getIfPresent(keys[row]);
      if (known != null) {
        noise.put(keys[row], known);
      } else if (asked.add(keys[row])) {
        missing.add(row);
      }
    }
    for (int first = 0; first < missing.size(); first += batch) {
      List<Integer> some = missing.subList(first, Math.min(missing.size(), first + batch));
      float[] codes = search(images, labels, some);
      for (int i = 0; i < some.size(); i++) {
        float[] code = Arrays.copyOfRange(codes, i * latent, (i + 1) * latent);
        noise.put(keys[some.get(i)], code);
        found.put(keys[some.get(i)], code);
      }
    }
    float[] all = new float[labels.length * latent];
    for (int row = 0; row < labels.length; row++) {
      System.arraycopy(noise.get(keys[row]), 0, all, row * latent, latent);
    }
    return all;
  }

  /** For at most a batch of rows; what is missing to a batch repeats the first. */
  private float[] search(byte[] images, int[] labels, List<Integer> rows) {
    int size = shape.rowSize();
    byte[] targets = new byte[batch * size];
    int[] classOf = new int[batch];
    for (int i = 0; i < batch; i++) {
      int row = rows.get(i < rows.size() ? i : 0);
      System.arraycopy(images, row * size, targets, i * size, size);
      classOf[i] = labels[row];
    }
    int[][] nearest = new int[batch][];
    for (int i = 0; i < batch; i++) {
      nearest[i] = nearest(pool(classOf[i]).images(), targets, i * size);
    }
    float[] best = null;
    double[] least = new double[batch];
    for (int start = 0; start < STARTS; start++) {
      float[] begin = new float[batch * latent];
      for (int i = 0; i < batch; i++) {
        float[] noise = pool(classOf[i]).noise();
        System.arraycopy(noise, nearest[i][start] * latent, begin, i * latent, latent);
      }
      float[] end = descend(begin, targets, classOf);
      byte[] made = draw(end, classOf);
      best = best == null ? end.clone() : best;
      for (int i = 0; i < batch; i++) {
        double error = distance(made, i * size, targets, i * size);
        if (start == 0 || error < least[i]) {
          least[i] = error;
          System.arraycopy(end, i * latent, best, i * latent, latent);
        }
      }
    }
    return best;
  }

  private float[] descend(float[] begin, byte[] targets, int[] labels) {
    try (GradMode on = GradMode.on();
        NDManager own = manager.newSubManager()) {
      ParameterSet code = new ParameterSet(own);
      code.add("noise", Tensor.of(begin, batch, latent));
      code.requireGradients(true);
      Adam adam = new Adam(own, code, Adam.Settings.clipped(0));
      NDArray wanted = arrays.upload(own, targets, batch).mul(two).sub(one);
      for (int step = 1; step <= STEPS; step++) {
        try (NDManager scope = own.newSubManager()) {
          JniUtils.backward(
              (PtNDArray) loss(scope, code.get("noise"), wanted, labels),
              (PtNDArray) one,
              false,
              false);
        }
        double left = (double) (STEPS - step) / STEPS;
        adam.step(step, LAST_RATE + left * (RATE - LAST_RATE));
      }
      return code.get("noise").toFloatArray();
    }
  }

  /** Summed over the rows, so that no row's gradient depends on another's. */
  private NDArray loss(NDManager scope, NDArray code, NDArray wanted, int[] labels) {
    // Arrays of an operation belong to the manager of the first operand.
    NDArray noise = scope.create(new float[batch * latent], new Shape(batch, latent)).add(code);
    NDArray gap = network.apply(weights, noise, oneHot(scope, labels)).sub(wanted);
    NDArray pixels = square(gap).sum();
    NDArray small = square(JniUtils.adaptiveAvgPool((PtNDArray) gap, smaller)).sum();
    long smallSize = shape.channels() * smaller.size();
    return Scalars.times(pixels, 1.0 / shape.rowSize())
        .add(Scalars.times(small, SMALL / smallSize))
        .add(Scalars.times(square(noise).sum(), TYPICAL / latent));
  }

  private static NDArray square(NDArray x) {
    return JniUtils.square((PtNDArray) x);
  }

  private NDArray oneHot(NDManager scope, int[] labels) {
    float[] told = new float[labels.length * classes];
    for (int row = 0; row < labels.length; row++) {
      told[row * classes + labels[row]] = 1;
    }
    return scope.create(told, new Shape(labels.length, classes));
  }

  /** The images of a batch of noise. */
  private byte[] draw(float[] noise, int[] labels) {
    try (GradMode off = GradMode.off();
        NDManager scope = manager.newSubManager()) {
      NDArray x =
          network.apply(
              weights, scope.create(noise, new Shape(batch, latent)), oneHot(scope, labels));
      return arrays.download(x.add(one).div(two));
    }
  }

  /** Drawn images of a class, the same for all. */
  private Drawn pool(int label) {
    return pools.computeIfAbsent(
        label,
        key -> {
          int size = shape.rowSize();
          float[] noise = new float[POOL * latent];
          byte[] images = new byte[POOL * size];
          int[] labels = new int[batch];
          Arrays.fill(labels, label);
          for (int first = 0; first < POOL; first += batch) {
            int count = Math.min(batch, POOL - first);
            float[] part = new float[batch * latent];
            for (int i = 0; i < count; i++) {
              CounterRandom.of(START, label, first + i).gaussian(part, i * latent, latent);
            }
            System.arraycopy(part, 0, noise, first * latent, count * latent);
            System.arraycopy(draw(part, labels), 0, images, first * size, count * size);
          }
          return new Drawn(noise, images);
        });
  }

  /** Positions in the pool, the nearest first. */
  private int[] nearest(byte[] pool, byte[] targets, int offset) {
    double[] distances = new double[POOL];
    for (int i = 0; i < POOL; i++) {
      distances[i] = distance(pool, i * shape.rowSize(), targets, offset);
    }
    return IntStream.range(0, POOL)
        .boxed()
        .sorted((a, b) -> Double.compare(distances[a], distances[b]))
        .limit(STARTS)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private double distance(byte[] images, int offset, byte[] others, int otherOffset) {
    long squares = 0;
    for (int i = 0; i < shape.rowSize(); i++) {
      int gap = (images[offset + i] & 0xff) - (others[otherOffset + i] & 0xff);
      squares += (long) gap * gap;
    }
    return squares;
  }
}
