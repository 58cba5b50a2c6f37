package dev.graft.model.adversarial;

import ai.djl.ndarray.NDArray;
import dev.graft.model.nn.Layers;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.TorchScript;
import dev.graft.model.nn.TorchScript.Image;

/**
 * Normalisation of the channels of each pixel, scaled and shifted by the class (Dumoulin et al.
 * 2017, https://arxiv.org/abs/1610.07629).
 */
final class ClassNorm {
  private final int channels;
  private final Layers.ChannelNorm norm;
  private final Layers.Dense scale;
  private final Layers.Dense shift;

  ClassNorm(String name, int channels, int classes) {
    this.channels = channels;
    norm = new Layers.ChannelNorm(name, channels);
    scale = new Layers.Dense(name + ".class-scale", classes, channels);
    shift = new Layers.Dense(name + ".class-shift", classes, channels);
  }

  void declare(ParameterSet parameters, long seed) {
    norm.declare(parameters);
    scale.declare(parameters, seed);
    shift.declare(parameters, seed);
  }

  /** (B, channels, H, W) and (B, classes) to (B, channels, H, W). */
  NDArray apply(ParameterSet weights, NDArray x, NDArray oneHot) {
    NDArray normal = norm.apply(weights, x);
    NDArray scales = scale.apply(weights, oneHot).reshape(-1, channels, 1, 1);
    NDArray shifts = shift.apply(weights, oneHot).reshape(-1, channels, 1, 1);
    return normal.add(normal.mul(scales)).add(shifts);
  }

  /** {@link #apply} in TorchScript. */
  Image write(TorchScript script, Image x, String oneHot) {
    Image normal = script.norm(norm, x);
    String scales = script.perPixel(script.dense(scale, oneHot), channels);
    String shifts = script.perPixel(script.dense(shift, oneHot), channels);
    String scaled = script.call("addcmul", normal.name(), normal.name(), scales);
    return TorchScript.renamed(x, script.call("add", scaled, shifts));
  }
}
