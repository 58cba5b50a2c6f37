package dev.graft.model.flow;

import ai.djl.ndarray.NDArray;
import dev.graft.model.nn.Attention;
import dev.graft.model.nn.Layers;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.TorchScript;
import dev.graft.model.nn.TorchScript.Image;
import java.util.List;

/**
 * Every position of an image looks at all others (Vaswani et al. 2017,
 * https://arxiv.org/abs/1706.03762), so that distant parts of it agree; the input is added to the
 * result. Its last layer starts at zero.
 */
final class FlowAttention {
  private final int channels;
  private final int heads;
  private final Layers.ChannelNorm norm;
  private final Layers.Conv queriesKeysValues;
  private final Layers.Conv attended;

  /**
   * @param name prefix of its parameters
   * @param heads that divide {@code channels}
   */
  FlowAttention(String name, int channels, int heads) {
    this.channels = channels;
    this.heads = heads;
    norm = new Layers.ChannelNorm(name + ".norm", channels);
    queriesKeysValues = new Layers.Conv(name + ".in", channels, 3 * channels, 1, 1);
    attended = new Layers.Conv(name + ".out", channels, channels, 1, 1);
  }

  void declare(ParameterSet parameters, long seed) {
    norm.declare(parameters);
    queriesKeysValues.declare(parameters, seed);
    attended.declareZero(parameters);
  }

  /** (B, channels, H, W) to the same. */
  NDArray apply(ParameterSet weights, NDArray x) {
    long rows = x.getShape().get(0);
    long height = x.getShape().get(2);
    long width = x.getShape().get(3);
    NDArray all =
        queriesKeysValues
            .apply(weights, norm.apply(weights, x))
            .transpose(0, 2, 3, 1)
            .reshape(rows, height * width, 3, heads, channels / heads);
    NDArray seen =
        Attention.toAll(all)
            .reshape(rows, height, width, channels)
            .transpose(0, 3, 1, 2); // (B, channels, H, W)
    return x.add(attended.apply(weights, seen));
  }

  /** {@link #apply} in TorchScript. */
  Image write(TorchScript script, Image x) {
    int positions = x.height() * x.width();
    int size = channels / heads;
    Image in = script.conv(queriesKeysValues, script.norm(norm, x));
    String all = script.call("permute", in.name(), List.of(0, 2, 3, 1));
    all = script.call("reshape", all, List.of(-1, positions, 3, heads, size));
    all = script.call("permute", all, List.of(2, 0, 3, 1, 4));
    String queries = script.call("mul", script.call("select", all, 0, 0), 1 / Math.sqrt(size));
    String keys = script.call("transpose", script.call("select", all, 0, 1), 2, 3);
    String shares = script.call("softmax", script.call("matmul", queries, keys), 3);
    String seen = script.call("matmul", shares, script.call("select", all, 0, 2));
    seen = script.call("permute", seen, List.of(0, 2, 1, 3));
    seen = script.call("reshape", seen, List.of(-1, x.height(), x.width(), channels));
    seen = script.call("permute", seen, List.of(0, 3, 1, 2));
    Image out = script.conv(attended, TorchScript.renamed(x, seen));
    return TorchScript.renamed(x, script.call("add", x.name(), out.name()));
  }
}
