package dev.graft.model.flow;

import ai.djl.ndarray.NDArray;
import dev.graft.model.nn.Activation;
import dev.graft.model.nn.Layers;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Scalars;
import dev.graft.model.nn.TorchScript;
import dev.graft.model.nn.TorchScript.Image;

/**
 * A residual block that is told time and class: normalise, activate, convolve, and the same once
 * more, the second normalisation being scaled and shifted by the embedding (Dhariwal &amp; Nichol
 * 2021, https://arxiv.org/abs/2105.05233); the input is added to the result. Its last convolution
 * starts at zero, so a block passes its input on at first.
 */
final class FlowBlock {
  private final Layers.ChannelNorm firstNorm;
  private final Layers.Conv first;
  private final Layers.Dense scale;
  private final Layers.Dense shift;
  private final Layers.ChannelNorm secondNorm;
  private final Layers.Conv second;
  private final Layers.Conv skip;
  private final int out;

  /**
   * @param name prefix of its parameters
   * @param in channels of its input
   * @param out channels of its result
   * @param embedding length of the vector of time and class
   */
  FlowBlock(String name, int in, int out, int embedding) {
    this.out = out;
    firstNorm = new Layers.ChannelNorm(name + ".norm0", in);
    first = new Layers.Conv(name + ".conv0", in, out, 3, 1);
    scale = new Layers.Dense(name + ".scale", embedding, out);
    shift = new Layers.Dense(name + ".shift", embedding, out);
    secondNorm = new Layers.ChannelNorm(name + ".norm1", out);
    second = new Layers.Conv(name + ".conv1", out, out, 3, 1);
    skip = in == out ? null : new Layers.Conv(name + ".skip", in, out, 1, 1);
  }

  void declare(ParameterSet parameters, long seed) {
    firstNorm.declare(parameters);
    first.declare(parameters, seed);
    scale.declare(parameters, seed);
    shift.declare(parameters, seed);
    secondNorm.declare(parameters);
    second.declareZero(parameters);
    if (skip != null) {
      skip.declare(parameters, seed);
    }
  }

  /**
   * @param x (B, in, H, W)
   * @param embedding activated, (B, embedding)
   * @return (B, out, H, W)
   */
  NDArray apply(ParameterSet weights, NDArray x, NDArray embedding) {
    NDArray h = first.apply(weights, Activation.SILU.apply(firstNorm.apply(weights, x)));
    NDArray scales = scale.apply(weights, embedding).reshape(-1, out, 1, 1);
    NDArray shifts = shift.apply(weights, embedding).reshape(-1, out, 1, 1);
    h = secondNorm.apply(weights, h).mul(Scalars.plus(scales, 1)).add(shifts);
    h = second.apply(weights, Activation.SILU.apply(h));
    return h.add(skip == null ? x : skip.apply(weights, x));
  }

  /** {@link #apply} in TorchScript. */
  Image write(TorchScript script, Image x, String embedding) {
    Image h = script.activation(Activation.SILU, script.norm(firstNorm, x));
    h = script.norm(secondNorm, script.conv(first, h));
    String scales = script.perPixel(script.dense(scale, embedding), out);
    String shifts = script.perPixel(script.dense(shift, embedding), out);
    String moved =
        script.call("add", script.call("mul", h.name(), script.call("add", scales, 1)), shifts);
    h = script.activation(Activation.SILU, TorchScript.renamed(h, moved));
    h = script.conv(second, h);
    String other = skip == null ? x.name() : script.conv(skip, x).name();
    return TorchScript.renamed(h, script.call("add", h.name(), other));
  }
}
