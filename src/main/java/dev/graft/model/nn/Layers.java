package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import com.google.common.hash.Hashing;
import dev.graft.data.CounterRandom;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Building blocks of networks: pure functions of a {@link ParameterSet} and an input. Images are
 * (B, C, H, W), laid out with the channels last; results belong to the manager of the input.
 */
public final class Layers {
  private static final Shape UNDILATED = new Shape(1, 1);
  private static final Shape UNPADDED = new Shape(0, 0);

  private Layers() {}

  /**
   * A convolution with a square kernel and a bias.
   *
   * @param name prefix of its parameters {@code <name>.weight} and {@code <name>.bias}
   * @param in input channels
   * @param out output channels
   * @param kernel height and width of the kernel
   * @param stride 1 keeps the size, 2 halves it
   */
  public record Conv(String name, int in, int out, int kernel, int stride) {
    public void declare(ParameterSet parameters, long seed) {
      int fanIn = in * kernel * kernel;
      parameters.add(
          name + ".weight", uniform(seed, name + ".weight", fanIn, out, in, kernel, kernel));
      parameters.add(name + ".bias", uniform(seed, name + ".bias", fanIn, out));
    }

    /** Starts with zeros, so that what it is added to passes unchanged at first. */
    public void declareZero(ParameterSet parameters) {
      parameters.add(
          name + ".weight",
          Tensor.of(new float[out * in * kernel * kernel], out, in, kernel, kernel));
      parameters.add(name + ".bias", Tensor.of(new float[out], out));
    }

    /** Height or width after a convolution that pads by (kernel - 1) / 2 on each side. */
    public static int outputSize(int size, int kernel, int stride) {
      return (size + 2 * ((kernel - 1) / 2) - kernel) / stride + 1;
    }

    /** (B, in, H, W) to (B, out, H', W'), see {@link #outputSize}. */
    public NDArray apply(ParameterSet parameters, NDArray x) {
      int padding = (kernel - 1) / 2;
      return JniUtils.convolution(
          (PtNDArray) x,
          parameters.get(name + ".weight"),
          parameters.get(name + ".bias"),
          new Shape(stride, stride),
          new Shape(padding, padding),
          UNDILATED,
          1);
    }
  }

  /**
   * A fully connected layer.
   *
   * @param name prefix of its parameters {@code <name>.weight} (out, in) and {@code <name>.bias}
   */
  public record Dense(String name, int in, int out) {
    public void declare(ParameterSet parameters, long seed) {
      parameters.add(name + ".weight", uniform(seed, name + ".weight", in, out, in));
      parameters.add(name + ".bias", uniform(seed, name + ".bias", in, out));
    }

    /** (B, in) to (B, out). */
    public NDArray apply(ParameterSet parameters, NDArray x) {
      return JniUtils.linear(
          (PtNDArray) x, parameters.get(name + ".weight"), parameters.get(name + ".bias"));
    }
  }

  /**
   * Layer normalisation of the channels of each pixel (Ba et al. 2016,
   * https://arxiv.org/abs/1607.06450): free of the batch, so a row's result is its own.
   *
   * @param name prefix of its parameters {@code <name>.scale} and {@code <name>.shift}
   */
  public record ChannelNorm(String name, int channels) {
    public void declare(ParameterSet parameters) {
      norm().declare(parameters);
    }

    /** (B, channels, H, W) to the same. */
    public NDArray apply(ParameterSet parameters, NDArray x) {
      return norm().apply(parameters, x.transpose(0, 2, 3, 1)).transpose(0, 3, 1, 2);
    }

    private Norm norm() {
      return new Norm(name, channels);
    }
  }

  /**
   * Layer normalisation of the last dimension (Ba et al. 2016).
   *
   * @param name prefix of its parameters {@code <name>.scale} and {@code <name>.shift}
   */
  public record Norm(String name, int width) {
    static final double EPSILON = 1e-5;

    public void declare(ParameterSet parameters) {
      float[] ones = new float[width];
      Arrays.fill(ones, 1);
      parameters.add(name + ".scale", Tensor.of(ones, width));
      parameters.add(name + ".shift", Tensor.of(new float[width], width));
    }

    /** (..., width) to the same. */
    public NDArray apply(ParameterSet parameters, NDArray x) {
      return JniUtils.layerNorm(
          (PtNDArray) x,
          new Shape(width),
          parameters.get(name + ".scale"),
          parameters.get(name + ".shift"),
          EPSILON);
    }
  }

  /**
   * A vector for each of some numbers.
   *
   * @param name prefix of its parameter {@code <name>.weight} (count, width)
   */
  public record Embedding(String name, int count, int width) {
    public void declare(ParameterSet parameters, long seed) {
      parameters.add(name + ".weight", uniform(seed, name + ".weight", width, count, width));
    }

    /** Numbers from 0 of the given shape to (shape, width). */
    public NDArray apply(ParameterSet parameters, NDManager scope, long[] numbers, Shape shape) {
      return JniUtils.embedding(
          (PtNDArray) scope.create(numbers, shape), parameters.get(name + ".weight"), false);
    }
  }

  /** Max pooling of (B, C, H, W) with window and stride {@code size}. */
  public static NDArray maxPool(NDArray x, int size) {
    Shape window = new Shape(size, size);
    return JniUtils.maxPool((PtNDArray) x, window, window, UNPADDED, false);
  }

  /**
   * Moves groups of four channels to blocks of 2 x 2 pixels: (B, 4C, H, W) to (B, C, 2H, 2W). After
   * a convolution it is a learned upsampling (Shi et al. 2016), here with the block position as the
   * slower part of the channel index, which keeps whole channel vectors together.
   */
  public static NDArray pixelShuffle(NDArray x) {
    long batch = x.getShape().get(0);
    long channels = x.getShape().get(1) / 4;
    long height = x.getShape().get(2);
    long width = x.getShape().get(3);
    return x.transpose(0, 2, 3, 1)
        .reshape(batch, height, width, 2, 2, channels)
        .transpose(0, 1, 3, 2, 4, 5)
        .reshape(batch, 2 * height, 2 * width, channels)
        .transpose(0, 3, 1, 2);
  }

  /** Undoes {@link #pixelShuffle}: (B, C, 2H, 2W) to (B, 4C, H, W). */
  public static NDArray pixelUnshuffle(NDArray x) {
    long batch = x.getShape().get(0);
    long channels = x.getShape().get(1);
    long height = x.getShape().get(2) / 2;
    long width = x.getShape().get(3) / 2;
    return x.transpose(0, 2, 3, 1)
        .reshape(batch, height, 2, width, 2, channels)
        .transpose(0, 1, 3, 2, 4, 5)
        .reshape(batch, height, width, 4 * channels)
        .transpose(0, 3, 1, 2);
  }

  /** (B, C, H, W) to (B, H * W * C) without moving data. */
  public static NDArray flatten(NDArray x) {
    return x.transpose(0, 2, 3, 1).reshape(x.getShape().get(0), -1);
  }

  /** (B, H * W * C) to (B, C, H, W) without moving data. */
  public static NDArray unflatten(NDArray x, int channels, int height, int width) {
    return x.reshape(-1, height, width, channels).transpose(0, 3, 1, 2);
  }

  /** Uniform in +-1 / sqrt(fan-in): the usual starting point of dense and convolution layers. */
  private static Tensor uniform(long seed, String name, int fanIn, long... shape) {
    int size = 1;
    for (long length : shape) {
      size *= (int) length;
    }
    CounterRandom random =
        CounterRandom.of(seed, Hashing.sha256().hashString(name, StandardCharsets.UTF_8).asLong());
    double bound = 1 / StrictMath.sqrt(fanIn);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) ((2 * random.uniform(i) - 1) * bound);
    }
    return new Tensor(shape, values);
  }
}
