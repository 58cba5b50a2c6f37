package dev.graft.model.nn;

import java.util.Arrays;
import java.util.List;

/**
 * The statements of a TorchScript method, each of which names one tensor. What it writes computes
 * what {@link Layers} and {@link Activation} do, with images (B, C, H, W) and any B.
 */
public final class TorchScript {
  private final String indent;
  private final StringBuilder statements = new StringBuilder();
  private int names;

  /** The body of a method. */
  public TorchScript() {
    this("    ");
  }

  private TorchScript(String indent) {
    this.indent = indent;
  }

  /** An image in the script. */
  public record Image(String name, int channels, int height, int width) {}

  /** Calls {@code torch.function(arguments)}; gives the result's name. */
  public String call(String function, Object... arguments) {
    List<String> texts = Arrays.stream(arguments).map(String::valueOf).toList();
    return let("torch." + function + "(" + String.join(", ", texts) + ")");
  }

  /** Names the value of an expression. */
  public String let(String expression) {
    String name = "v" + names++;
    statements.append(indent).append(name).append(" = ").append(expression).append('\n');
    return name;
  }

  /** A weight of the module. */
  public static String weight(String name) {
    return "self." + TorchArchive.identifier(name);
  }

  /** (B, classes) of floats from classes (B). */
  public String oneHot(String labels, int classes) {
    return call("to", call("one_hot", labels, classes), "6");
  }

  public String dense(Layers.Dense layer, String x) {
    return call("linear", x, weight(layer.name() + ".weight"), weight(layer.name() + ".bias"));
  }

  public Image conv(Layers.Conv layer, Image x) {
    int padding = (layer.kernel() - 1) / 2;
    String y =
        call(
            "conv2d",
            x.name(),
            weight(layer.name() + ".weight"),
            weight(layer.name() + ".bias"),
            List.of(layer.stride(), layer.stride()),
            List.of(padding, padding),
            List.of(1, 1),
            1);
    return new Image(
        y,
        layer.out(),
        Layers.Conv.outputSize(x.height(), layer.kernel(), layer.stride()),
        Layers.Conv.outputSize(x.width(), layer.kernel(), layer.stride()));
  }

  public Image norm(Layers.ChannelNorm layer, Image x) {
    String pixels = call("permute", x.name(), List.of(0, 2, 3, 1));
    String normal =
        call(
            "layer_norm",
            pixels,
            List.of(layer.channels()),
            weight(layer.name() + ".scale"),
            weight(layer.name() + ".shift"),
            Layers.Norm.EPSILON,
            "True");
    return renamed(x, call("permute", normal, List.of(0, 3, 1, 2)));
  }

  public Image activation(Activation activation, Image x) {
    return renamed(x, activation(activation, x.name()));
  }

  public String activation(Activation activation, String x) {
    return switch (activation) {
      case RELU -> call("relu", x);
      case LEAKY_RELU -> call("leaky_relu", x, Activation.LEAK);
      case SILU -> call("silu", x);
      case GELU -> call("gelu", x);
    };
  }

  /** {@link Layers#unflatten}. */
  public Image unflatten(String x, int channels, int height, int width) {
    String pixels = call("reshape", x, List.of(-1, height, width, channels));
    return new Image(call("permute", pixels, List.of(0, 3, 1, 2)), channels, height, width);
  }

  /** {@link Layers#pixelShuffle}. */
  public Image pixelShuffle(Image x) {
    int channels = x.channels() / 4;
    String y = call("permute", x.name(), List.of(0, 2, 3, 1));
    y = call("reshape", y, List.of(-1, x.height(), x.width(), 2, 2, channels));
    y = call("permute", y, List.of(0, 1, 3, 2, 4, 5));
    return unflatten(y, channels, 2 * x.height(), 2 * x.width());
  }

  /** {@link Layers#pixelUnshuffle}. */
  public Image pixelUnshuffle(Image x) {
    int height = x.height() / 2;
    int width = x.width() / 2;
    String y = call("permute", x.name(), List.of(0, 2, 3, 1));
    y = call("reshape", y, List.of(-1, height, 2, width, 2, x.channels()));
    y = call("permute", y, List.of(0, 1, 3, 2, 4, 5));
    return unflatten(y, 4 * x.channels(), height, width);
  }

  /** The channels of one image, then those of another. */
  public Image joined(Image x, Image y) {
    String both = call("cat", List.of(x.name(), y.name()), 1);
    return new Image(both, x.channels() + y.channels(), x.height(), x.width());
  }

  /** A (B, channels) vector for each pixel, as a factor or term of an image. */
  public String perPixel(String x, int channels) {
    return call("reshape", x, List.of(-1, channels, 1, 1));
  }

  /** The image that takes the place of another of its size. */
  public static Image renamed(Image x, String name) {
    return new Image(name, x.channels(), x.height(), x.width());
  }

  /**
   * A whole method.
   *
   * @param signature such as {@code forward(self, noise: Tensor, label: Tensor)}
   * @param result name of the tensor that it returns
   */
  public String method(String signature, String result) {
    return "  def " + signature + " -> Tensor:\n" + statements + indent + "return " + result + "\n";
  }
}
