package dev.graft.model.flow;

import ai.djl.ndarray.NDArray;
import dev.graft.model.nn.Activation;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.Layers;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.TorchScript;
import dev.graft.model.nn.TorchScript.Image;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The velocity of an image at a time, given its class: a U-Net (Ronneberger et al. 2015) over
 * patches of pixels. Levels go down by strided convolutions and up by pixel shuffles; each level's
 * result on the way down is handed across, and the smallest may look at itself as a whole.
 */
final class FlowNetwork {
  /** Sines and cosines that a time is given as. */
  static final int TIME_FEATURES = 32;

  private static final double HIGHEST_FREQUENCY = 200;

  private final int patch;
  private final Layers.Dense timeAndClass;
  private final Layers.Dense embedding;
  private final Layers.Conv input;
  private final List<List<FlowBlock>> down = new ArrayList<>();
  private final FlowAttention attention;
  private final List<Layers.Conv> halvings = new ArrayList<>();
  private final List<Layers.Conv> doublings = new ArrayList<>();
  private final List<List<FlowBlock>> up = new ArrayList<>();
  private final Layers.ChannelNorm lastNorm;
  private final Layers.Conv output;

  FlowNetwork(FlowArchitecture architecture, ImageShape shape, int classes) {
    architecture.check(shape);
    this.patch = architecture.patch();
    int length = architecture.embedding();
    List<Integer> channels = architecture.channels();
    int values = shape.channels() * patch * patch;
    timeAndClass = new Layers.Dense("embedding.dense0", TIME_FEATURES + classes + 1, length);
    embedding = new Layers.Dense("embedding.dense1", length, length);
    input = new Layers.Conv("input", values, channels.get(0), 3, 1);
    for (int level = 0; level < channels.size(); level++) {
      int width = channels.get(level);
      down.add(blocks("down" + level, width, width, architecture.blocks(), length));
      if (level + 1 < channels.size()) {
        int next = channels.get(level + 1);
        halvings.add(new Layers.Conv("halving" + level, width, next, 3, 2));
        doublings.add(new Layers.Conv("doubling" + level, next, 4 * width, 3, 1));
        up.add(blocks("up" + level, 2 * width, width, architecture.blocks(), length));
      }
    }
    int smallest = channels.get(channels.size() - 1);
    attention =
        architecture.attention() == 0
            ? null
            : new FlowAttention("attention", smallest, architecture.attention());
    lastNorm = new Layers.ChannelNorm("output.norm", channels.get(0));
    output = new Layers.Conv("output", channels.get(0), values, 3, 1);
  }

  private static List<FlowBlock> blocks(String name, int in, int out, int count, int embedding) {
    List<FlowBlock> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blocks.add(new FlowBlock(name + ".block" + i, i == 0 ? in : out, out, embedding));
    }
    return Collections.unmodifiableList(blocks);
  }

  void declare(ParameterSet parameters, long seed) {
    timeAndClass.declare(parameters, seed);
    parameters.perClass("embedding.dense0.weight", 1, TIME_FEATURES);
    embedding.declare(parameters, seed);
    input.declare(parameters, seed);
    for (List<FlowBlock> level : down) {
      level.forEach(block -> block.declare(parameters, seed));
    }
    if (attention != null) {
      attention.declare(parameters, seed);
    }
    halvings.forEach(layer -> layer.declare(parameters, seed));
    doublings.forEach(layer -> layer.declare(parameters, seed));
    for (List<FlowBlock> level : up) {
      level.forEach(block -> block.declare(parameters, seed));
    }
    lastNorm.declare(parameters);
    output.declareZero(parameters);
  }

  /**
   * The features of a time: cosines and sines of frequencies from 1 to {@value #HIGHEST_FREQUENCY}.
   *
   * @param time in [0, 1]
   * @param out receives {@value #TIME_FEATURES} values at {@code offset}
   */
  static void timeFeatures(double time, float[] out, int offset) {
    int half = TIME_FEATURES / 2;
    for (int i = 0; i < half; i++) {
      out[offset + i] = (float) StrictMath.cos(frequency(i) * time);
      out[offset + half + i] = (float) StrictMath.sin(frequency(i) * time);
    }
  }

  private static double frequency(int number) {
    return StrictMath.pow(HIGHEST_FREQUENCY, number / (TIME_FEATURES / 2 - 1.0));
  }

  /**
   * @param images (B, C, H, W), between noise and images with values in [-1, 1]
   * @param told time features beside a one-hot class, whose last entry stands for none, (B, {@value
   *     #TIME_FEATURES} + classes + 1)
   * @return velocities, (B, C, H, W)
   */
  NDArray apply(ParameterSet weights, NDArray images, NDArray told) {
    NDArray e = Activation.SILU.apply(timeAndClass.apply(weights, told));
    e = Activation.SILU.apply(embedding.apply(weights, e)); // (B, embedding)
    NDArray x = images;
    for (int size = patch; size > 1; size /= 2) {
      x = Layers.pixelUnshuffle(x); // (B, 4C, H / 2, W / 2)
    }
    x = input.apply(weights, x);
    List<NDArray> across = new ArrayList<>();
    for (int level = 0; level < down.size(); level++) {
      for (FlowBlock block : down.get(level)) {
        x = block.apply(weights, x, e);
      }
      if (level < halvings.size()) {
        across.add(x);
        x = halvings.get(level).apply(weights, x); // (B, C', H / 2, W / 2)
      }
    }
    x = attention == null ? x : attention.apply(weights, x);
    for (int level = up.size() - 1; level >= 0; level--) {
      x = Layers.pixelShuffle(doublings.get(level).apply(weights, x)); // (B, C, 2H, 2W)
      x = x.concat(across.get(level), 1);
      for (FlowBlock block : up.get(level)) {
        x = block.apply(weights, x, e);
      }
    }
    x = output.apply(weights, Activation.SILU.apply(lastNorm.apply(weights, x)));
    for (int size = patch; size > 1; size /= 2) {
      x = Layers.pixelShuffle(x);
    }
    return x;
  }

  /**
   * A TorchScript method of images (B, C, H, W), a time and classes (B), of which {@code classes}
   * stands for none; it gives velocities, (B, C, H, W).
   *
   * @param signature with the arguments {@code x}, {@code time} and {@code label}
   */
  String write(String signature, ImageShape shape, int classes) {
    TorchScript script = new TorchScript();
    String told = writeTold(script, classes);
    String e = script.activation(Activation.SILU, script.dense(timeAndClass, told));
    e = script.activation(Activation.SILU, script.dense(embedding, e));
    Image x = new Image("x", shape.channels(), shape.height(), shape.width());
    for (int size = patch; size > 1; size /= 2) {
      x = script.pixelUnshuffle(x);
    }
    x = script.conv(input, x);
    List<Image> across = new ArrayList<>();
    for (int level = 0; level < down.size(); level++) {
      for (FlowBlock block : down.get(level)) {
        x = block.write(script, x, e);
      }
      if (level < halvings.size()) {
        across.add(x);
        x = script.conv(halvings.get(level), x);
      }
    }
    x = attention == null ? x : attention.write(script, x);
    for (int level = up.size() - 1; level >= 0; level--) {
      x = script.pixelShuffle(script.conv(doublings.get(level), x));
      x = script.joined(x, across.get(level));
      for (FlowBlock block : up.get(level)) {
        x = block.write(script, x, e);
      }
    }
    x = script.conv(output, script.activation(Activation.SILU, script.norm(lastNorm, x)));
    for (int size = patch; size > 1; size /= 2) {
      x = script.pixelShuffle(x);
    }
    return script.method(signature, x.name());
  }

  /** {@link #timeFeatures} beside one-hot classes. */
  private static String writeTold(TorchScript script, int classes) {
    List<Double> frequencies =
        IntStream.range(0, TIME_FEATURES / 2).mapToObj(FlowNetwork::frequency).toList();
    String phases =
        script.call("mul", script.let("torch.tensor(" + frequencies + ", dtype=7)"), "time");
    String waves =
        script.call("cat", List.of(script.call("cos", phases), script.call("sin", phases)), 0);
    String features = script.call("unsqueeze", script.call("to", waves, "6"), 0);
    String spread = script.call("repeat", features, "[torch.size(label, 0), 1]");
    return script.call("cat", List.of(spread, script.oneHot("label", classes + 1)), 1);
  }
}
