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
import dev.graft.model.nn.Scalars;
import java.util.ArrayList;
import java.util.List;

/**
 * An image by way of a short code: strided convolutions and a dense layer make the code, a network
 * like the generator's makes the image again. The class is told to the second half, and is to be
 * read from the code: what it is told alone, an autoencoder can do without.
 */
final class Autoencoder {
  /**
   * The section {@code architecture.critic}.
   *
   * @param channels of the convolutions, each of which halves the image
   * @param code length of the code
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
  private final Layers.Dense naming;

  Autoencoder(Architecture architecture, ImageShape shape, int classes) {
    activation = Activation.of(architecture.activation());
    int channels = shape.channels();
    for (int next : architecture.channels()) {
      halvings.add(new Layers.Conv("conv" + halvings.size(), channels, next, 4, 2));
      channels = next;
    }
    int reduction = 1 << halvings.size();
    int flat = channels * (shape.height() / reduction) * (shape.width() / reduction);
    code = new Layers.Dense("code", flat, architecture.code());
    back = new GeneratorNetwork(architecture.back(), shape, classes);
    naming = new Layers.Dense("naming", architecture.code(), classes);
  }

  void declare(ParameterSet parameters, long seed) {
    halvings.forEach(layer -> layer.declare(parameters, seed));
    code.declare(parameters, seed);
    back.declare(parameters, seed);
    naming.declare(parameters, seed);
  }

  /**
   * How badly images are known, both scalars.
   *
   * @param pixels mean absolute error of the way there and back
   * @param naming cross-entropy of the class as read from the code, in nats
   */
  record Errors(NDArray pixels, NDArray naming) {}

  /**
   * @param images values in [-1, 1], (B, C, H, W)
   * @param oneHot (B, classes)
   */
  Errors errors(ParameterSet weights, NDArray images, NDArray oneHot) {
    NDArray codes = codes(weights, images);
    NDArray named = naming.apply(weights, codes).logSoftmax(1).mul(oneHot); // (B, classes)
    return new Errors(
        back.apply(weights, codes, oneHot).sub(images).abs().mean(),
        Scalars.times(named.sum(), -1.0 / images.getShape().get(0)));
  }

  /** Images in short, (B, code). */
  NDArray codes(ParameterSet weights, NDArray images) {
    NDArray x = images;
    for (Layers.Conv layer : halvings) {
      x = activation.apply(layer.apply(weights, x)); // (B, C', H / 2, W / 2)
    }
    return code.apply(weights, Layers.flatten(x));
  }
}
