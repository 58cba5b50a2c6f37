package dev.graft.model.classifier;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.nn.Activation;
import dev.graft.model.nn.Dropout;
import dev.graft.model.nn.ImageArrays;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.Layers;
import dev.graft.model.nn.ParameterSet;
import java.util.ArrayList;
import java.util.List;

/**
 * A plain convolutional network: convolutions with optional pooling, dense layers, logits. Its
 * features are the output of the last dense layer.
 */
final class ConvolutionalNetwork implements ClassifierNetwork {
  /**
   * The {@code architecture} section of a definition.
   *
   * @param convolutions in order
   * @param dense units of the dense layers, at least one; the last are the features
   * @param activation after every layer but the logits
   * @param dropout share of what the first dense layer reads that is dropped in training
   */
  record Architecture(
      List<Convolution> convolutions, List<Integer> dense, String activation, double dropout) {

    static Architecture of(JsonNode node) {
      return Json.mapper().convertValue(node, Architecture.class);
    }
  }

  /**
   * @param pool window of the max pooling that follows; 1 for none
   */
  record Convolution(int channels, int kernel, int stride, int pool) {}

  private final List<Layers.Conv> convolutions = new ArrayList<>();
  private final List<Integer> pools = new ArrayList<>();
  private final List<Layers.Dense> dense = new ArrayList<>();
  private final Layers.Dense logits;
  private final ImageArrays images;
  private final Activation activation;
  private final int flatSize;
  private final int featureSize;

  /**
   * @param manager holds what uploads need
   */
  ConvolutionalNetwork(
      Architecture architecture, ImageShape shape, int classes, NDManager manager) {
    this(architecture, shape, classes, new ImageArrays(manager, shape));
  }

  private ConvolutionalNetwork(
      Architecture architecture, ImageShape shape, int classes, ImageArrays images) {
    this.images = images;
    this.activation = Activation.of(architecture.activation());
    int channels = shape.channels();
    int height = shape.height();
    int width = shape.width();
    for (Convolution convolution : architecture.convolutions()) {
      int kernel = convolution.kernel();
      int stride = convolution.stride();
      convolutions.add(
          new Layers.Conv(
              "conv" + convolutions.size(), channels, convolution.channels(), kernel, stride));
      pools.add(convolution.pool());
      channels = convolution.channels();
      height = Layers.Conv.outputSize(height, kernel, stride) / convolution.pool();
      width = Layers.Conv.outputSize(width, kernel, stride) / convolution.pool();
      if (height < 1 || width < 1) {
        throw GraftException.usage(
            "images of %d x %d are too small for %d convolutions with these strides and pools",
            shape.height(), shape.width(), architecture.convolutions().size());
      }
    }
    this.flatSize = channels * height * width;
    int units = flatSize;
    for (int size : architecture.dense()) {
      dense.add(new Layers.Dense("dense" + dense.size(), units, size));
      units = size;
    }
    this.featureSize = units;
    this.logits = new Layers.Dense("logits", units, classes);
  }

  /** Refuses an architecture that leaves nothing of images of this shape. */
  static void check(Architecture architecture, ImageShape shape) {
    new ConvolutionalNetwork(architecture, shape, 2, (ImageArrays) null);
  }

  @Override
  public int featureSize() {
    return featureSize;
  }

  @Override
  public void declare(ParameterSet parameters, long seed) {
    convolutions.forEach(layer -> layer.declare(parameters, seed));
    dense.forEach(layer -> layer.declare(parameters, seed));
    logits.declare(parameters, seed);
    parameters.perClass("logits.weight", 0, 0);
    parameters.perClass("logits.bias", 0, 0);
  }

  /** Gives (B, C, H, W) in [0, 1]. */
  @Override
  public NDArray upload(NDManager scope, byte[] values, int rows) {
    return images.upload(scope, values, rows);
  }

  @Override
  public Output apply(ParameterSet weights, NDArray images, Dropout dropout) {
    NDArray x = images;
    for (int i = 0; i < convolutions.size(); i++) {
      x = convolutions.get(i).apply(weights, x);
      x = pooled(x, pools.get(i));
    }
    x = Layers.flatten(x);
    x = dropout.apply(x);
    for (Layers.Dense layer : dense) {
      x = activation.apply(layer.apply(weights, x));
    }
    return new Output(x, logits.apply(weights, x));
  }

  /** A monotone activation gives the same after the pooling, on a quarter of the values. */
  private NDArray pooled(NDArray x, int pool) {
    if (pool == 1) {
      return activation.apply(x);
    }
    return activation.monotone()
        ? activation.apply(Layers.maxPool(x, pool))
        : Layers.maxPool(activation.apply(x), pool);
  }
}
