package dev.graft.model.adversarial;

import ai.djl.ndarray.NDArray;
import dev.graft.model.nn.Layers;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.TorchFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The squared length of the gradient of a critic's answer by its input image, as a tensor that can
 * itself be differentiated by the critic's weights. The network of {@link CriticNetwork} is written
 * down once more in TorchScript, whose {@code torch.grad} keeps the graph.
 */
public final class InputGradient implements AutoCloseable {
  private static final double SLOPE = 0.1;

  private final List<String> names = new ArrayList<>();
  private final TorchFunction function;

  /** For the critic of this structure. */
  public InputGradient(CriticNetwork critic) {
    StringBuilder parameters = new StringBuilder("x: Tensor, y: Tensor");
    StringBuilder body = new StringBuilder("h0 = torch.requires_grad_(torch.detach(x), True)\n");
    int depth = 0;
    for (Layers.Conv layer : critic.halvings()) {
      int padding = (layer.kernel() - 1) / 2;
      body.append(
          String.format(
              Locale.ROOT,
              "h%d = torch.leaky_relu(torch.conv2d(h%d, %s, %s, [%d, %d], [%d, %d], [1, 1], 1),"
                  + " %s)\n",
              depth + 1,
              depth,
              input(parameters, layer.name() + ".weight"),
              input(parameters, layer.name() + ".bias"),
              layer.stride(),
              layer.stride(),
              padding,
              padding,
              SLOPE));
      depth++;
    }
    body.append("f = torch.flatten(torch.permute(h" + depth + ", [0, 2, 3, 1]), 1, -1)\n");
    body.append("h = torch.leaky_relu(" + linear(parameters, "f", "hidden") + ", " + SLOPE + ")\n");
    body.append("told = " + linear(parameters, "y", "class") + "\n");
    body.append("real = " + linear(parameters, "h", "real") + "\n");
    body.append("d = torch.add(torch.sum(real), torch.sum(torch.mul(h, told)))\n");
    body.append("gs = torch.grad([d], [h0], None, True, True, False)\n");
    body.append("g = unchecked_cast(Tensor, gs[0])\n");
    body.append("return torch.sum(torch.mul(g, g), [1, 2, 3])\n");
    function = TorchFunction.compile(parameters.toString(), body.toString());
  }

  private String linear(StringBuilder parameters, String x, String layer) {
    return "torch.linear("
        + x
        + ", "
        + input(parameters, layer + ".weight")
        + ", "
        + input(parameters, layer + ".bias")
        + ")";
  }

  /** Makes a parameter of the critic an input of the function; gives its name there. */
  private String input(StringBuilder parameters, String name) {
    String argument = "w" + names.size();
    names.add(name);
    parameters.append(", ").append(argument).append(": Tensor");
    return argument;
  }

  /**
   * @param images (B, C, H, W)
   * @param oneHot (B, classes)
   * @return squared lengths, (B)
   */
  public NDArray squaredNorms(ParameterSet critic, NDArray images, NDArray oneHot) {
    NDArray[] inputs = new NDArray[names.size() + 2];
    inputs[0] = images;
    inputs[1] = oneHot;
    for (int i = 0; i < names.size(); i++) {
      inputs[i + 2] = critic.get(names.get(i));
    }
    return function.apply(inputs);
  }

  @Override
  public void close() {
    function.close();
  }
}
