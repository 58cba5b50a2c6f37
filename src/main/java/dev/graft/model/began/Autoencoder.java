package dev.graft.model.began;

import ai.djl.ndarray.NDArray;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.ModelDefinition;
import dev.graft.model.adversarial.GeneratorNetwork;
import dev.graft.model.nn.Activation;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.Layers;
import dev.graft.model.nn.ParameterSet;
import java.util.ArrayList;
import java.util.List;

/**
 * An image by way of a short code: strided convolutions and a dense layer make the code, a network
 * like the generator's makes the image again. Each class has a code of its own, of which the others
 * know nothing: an image of another class than it is said to be comes back badly. An autoencoder
 * that is merely told the class can do without it.
 */
final class Autoencoder {
  /**
   * The section {@code architecture.critic}.
   *
   * @param channels of the convolutions, each of which halves the image
   * @param code length of a class's code
   * @param decoder channels of the smallest image, then of each doubled one
   * @param activation between layers
   */
  record Architecture(List<Integer> channels, int code, List<Integer> decoder, String activation) {
    static Architecture of(ModelDefinition definition) {
      return Json.mapper()
          .convertValue(definition.architecture().get("critic"), Architecture.class);
    }

    GeneratorNetwork.Architecture back() {
      return new GeneratorNetwork.Architecture(code, decoder, activation);
    }

    void check(ImageShape shape) {
      int reduction = 1 << channels.size();
      if (shape.height() % reduction != 0 || shape.width() % reduction != 0) {
        throw GraftException.usage(
            "images of %d x %d do not suit an autoencoder with %d halvings: height and width must"
                + " be multiples of %d; change architecture.critic.channels, or image.size in the"
                + " spec",
            shape.height(), shape.width(), channels.size(), reduction);
      }
      back().check(shape);
    }
  }

  private final Activation activation;
  private final List<Layers.Conv> halvings = new ArrayList<>();
  private final Layers.Dense code;
  private final GeneratorNetwork back;
  private final int classes;
  private final int codeLength;

  Autoencoder(Architecture architecture, ImageShape shape, int classes) {
    activation = Activation.of(architecture.activation());
    int channels = shape.channels();
    for (int next : architecture.channels()) {
      halvings.add(new Layers.Conv("conv" + halvings.size(), channels, next, 4, 2));
      channels = next;
    }
    int reduction = 1 << halvings.size();
    int flat = channels * (shape.height() / reduction) * (shape.width() / reduction);
    this.classes = classes;
    codeLength = architecture.code();
    code = new Layers.Dense("code", flat, classes * codeLength);
    back = new GeneratorNetwork(architecture.back(), shape, classes);
  }

  void declare(ParameterSet parameters, long seed) {
    halvings.forEach(layer -> layer.declare(parameters, seed));
    code.declare(parameters, seed);
    back.declare(parameters, seed);
  }

  /**
   * How badly images of a class are known: the mean absolute error of the way there and back.
   *
   * @param images values in [-1, 1], (B, C, H, W)
   * @param oneHot (B, classes)
   */
  NDArray error(ParameterSet weights, NDArray images, NDArray oneHot) {
    NDArray x = images;
    for (Layers.Conv layer : halvings) {
      x = activation.apply(layer.apply(weights, x)); // (B, C', H / 2, W / 2)
    }
    NDArray codes = code.apply(weights, Layers.flatten(x)).reshape(-1, classes, codeLength);
    NDArray own = codes.mul(oneHot.expandDims(2)).sum(new int[] {1}); // (B, code)
    return back.apply(weights, own, oneHot).sub(images).abs().mean();
  }
}
