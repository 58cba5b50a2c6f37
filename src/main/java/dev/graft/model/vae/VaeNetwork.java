package dev.graft.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.model.nn.Activation;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.Layers;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.TorchScript;
import dev.graft.model.nn.TorchScript.Image;
import java.util.ArrayList;
import java.util.List;

/**
 * Encoder and decoder. The encoder halves the image with strided convolutions; the decoder mirrors
 * it with convolutions and pixel shuffles. The class enters both as a one-hot vector.
 */
final class VaeNetwork {
  private static final double LOG_VARIANCE_MIN = -10;
  private static final double LOG_VARIANCE_MAX = 4;

  private final VaeArchitecture architecture;
  private final Activation activation;
  private final List<Layers.Conv> halvings = new ArrayList<>();
  private final int latent;
  private final int flat;
  private final Layers.Dense encoderHidden;
  private final Layers.Dense mean;
  private final Layers.Dense logVariance;
  private final Layers.Dense decoderHidden;
  private final Layers.Dense smallest;
  private final List<Layers.Conv> doublings = new ArrayList<>();
  private final Layers.Conv refinement;
  private final Layers.Conv output;
  private final int smallHeight;
  private final int smallWidth;

  /**
   * The distribution of the latent vector given an image, a diagonal Gaussian.
   *
   * @param mean (B, latent)
   * @param logVariance (B, latent)
   */
  record Posterior(NDArray mean, NDArray logVariance) {}

  VaeNetwork(VaeArchitecture architecture, ImageShape shape, int classes) {
    architecture.check(shape);
    this.architecture = architecture;
    this.activation = Activation.of(architecture.activation());
    this.smallHeight = shape.height() / architecture.reduction();
    this.smallWidth = shape.width() / architecture.reduction();
    int channels = shape.channels();
    for (int next : architecture.encoder().channels()) {
      halvings.add(new Layers.Conv("encoder.conv" + halvings.size(), channels, next, 4, 2));
      channels = next;
    }
    this.latent = architecture.latent();
    int hidden = architecture.encoder().hidden();
    int told = architecture.encoder().conditional() ? classes : 0;
    this.flat = channels * smallHeight * smallWidth;
    encoderHidden = new Layers.Dense("encoder.hidden", flat + told, hidden);
    mean = new Layers.Dense("encoder.mean", hidden, latent);
    logVariance = new Layers.Dense("encoder.log-variance", hidden, latent);

    List<Integer> widths = architecture.decoder().channels();
    decoderHidden =
        new Layers.Dense("decoder.hidden", latent + classes, architecture.decoder().hidden());
    smallest =
        new Layers.Dense(
            "decoder.smallest",
            architecture.decoder().hidden(),
            widths.get(0) * smallHeight * smallWidth);
    for (int i = 1; i < widths.size(); i++) {
      doublings.add(
          new Layers.Conv("decoder.conv" + (i - 1), widths.get(i - 1), 4 * widths.get(i), 3, 1));
    }
    int last = widths.get(widths.size() - 1);
    boolean shuffles = architecture.decoder().shuffles();
    refinement = shuffles ? new Layers.Conv("decoder.refinement", last, last, 3, 1) : null;
    output =
        new Layers.Conv(
            "decoder.output", last, shuffles ? 4 * shape.channels() : shape.channels(), 3, 1);
  }

  void declare(ParameterSet parameters, long seed) {
    halvings.forEach(layer -> layer.declare(parameters, seed));
    List.of(encoderHidden, mean, logVariance, decoderHidden, smallest)
        .forEach(layer -> layer.declare(parameters, seed));
    parameters.perClass("decoder.hidden.weight", 1, latent);
    if (architecture.encoder().conditional()) {
      parameters.perClass("encoder.hidden.weight", 1, flat);
    }
    doublings.forEach(layer -> layer.declare(parameters, seed));
    if (refinement != null) {
      refinement.declare(parameters, seed);
    }
    output.declare(parameters, seed);
  }

  /**
   * @param images (B, C, H, W) in [0, 1]
   * @param oneHot (B, classes)
   */
  Posterior encode(ParameterSet weights, NDArray images, NDArray oneHot) {
    NDArray x = images;
    for (Layers.Conv layer : halvings) {
      x = activation.apply(layer.apply(weights, x)); // (B, C', H / 2, W / 2)
    }
    x = Layers.flatten(x);
    if (architecture.encoder().conditional()) {
      x = x.concat(oneHot, 1);
    }
    x = activation.apply(encoderHidden.apply(weights, x)); // (B, hidden)
    NDArray logVariances =
        JniUtils.clip(
            (PtNDArray) logVariance.apply(weights, x), LOG_VARIANCE_MIN, LOG_VARIANCE_MAX);
    return new Posterior(mean.apply(weights, x), logVariances);
  }

  /**
   * @param codes latent vectors beside one-hot classes, (B, latent + classes)
   * @return logits of the pixels, (B, C, H, W)
   */
  NDArray decode(ParameterSet weights, NDArray codes) {
    NDArray x = activation.apply(decoderHidden.apply(weights, codes)); // (B, hidden)
    x = activation.apply(smallest.apply(weights, x));
    x = Layers.unflatten(x, architecture.decoder().channels().get(0), smallHeight, smallWidth);
    for (Layers.Conv layer : doublings) {
      x = activation.apply(Layers.pixelShuffle(layer.apply(weights, x))); // (B, C', 2H, 2W)
    }
    if (refinement == null) {
      return output.apply(weights, x);
    }
    x = activation.apply(refinement.apply(weights, x)); // (B, C', H / 2, W / 2)
    return Layers.pixelShuffle(output.apply(weights, x));
  }

  /** {@link #decode} in TorchScript; gives the logits' name. */
  String writeDecoder(TorchScript script, String codes) {
    String flat = script.activation(activation, script.dense(decoderHidden, codes));
    flat = script.activation(activation, script.dense(smallest, flat));
    int channels = architecture.decoder().channels().get(0);
    Image x = script.unflatten(flat, channels, smallHeight, smallWidth);
    for (Layers.Conv layer : doublings) {
      x = script.activation(activation, script.pixelShuffle(script.conv(layer, x)));
    }
    if (refinement == null) {
      return script.conv(output, x).name();
    }
    x = script.activation(activation, script.conv(refinement, x));
    return script.pixelShuffle(script.conv(output, x)).name();
  }
}
