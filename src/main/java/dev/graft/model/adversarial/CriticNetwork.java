package dev.graft.model.adversarial;

import ai.djl.ndarray.NDArray;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.ModelDefinition;
import dev.graft.model.nn.Activation;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.Layers;
import dev.graft.model.nn.ParameterSet;
import java.util.ArrayList;
import java.util.List;

/**
 * How real an image of a class is: strided convolutions, a dense layer h, and w h + v(class) h
 * (projection, Miyato &amp; Koyama 2018, https://arxiv.org/abs/1802.05637).
 */
public final class CriticNetwork {
  /**
   * The section {@code architecture.critic}.
   *
   * @param channels of the convolutions, each of which halves the image
   * @param hidden units of the dense layer
   * @param spectral whether its weights are normalised by {@link SpectralNorm}
   */
  public record Architecture(List<Integer> channels, int hidden, boolean spectral) {
    /** Reads a validated definition. */
    public static Architecture of(ModelDefinition definition) {
      return Json.mapper()
          .convertValue(definition.architecture().get("critic"), Architecture.class);
    }

    /** Refuses images that cannot be halved as often. */
    public void check(ImageShape shape) {
      int reduction = 1 << channels.size();
      if (shape.height() % reduction != 0 || shape.width() % reduction != 0) {
        throw GraftException.usage(
            "images of %d x %d do not suit a critic with %d halvings: height and width must be"
                + " multiples of %d; change architecture.critic.channels, or image.size in the spec",
            shape.height(), shape.width(), channels.size(), reduction);
      }
    }
  }

  static final Activation ACTIVATION = Activation.LEAKY_RELU;

  private final List<Layers.Conv> halvings = new ArrayList<>();
  private final Layers.Dense hidden;
  private final Layers.Dense real;
  private final Layers.Dense ofClass;

  public CriticNetwork(Architecture architecture, ImageShape shape, int classes) {
    architecture.check(shape);
    int channels = shape.channels();
    for (int next : architecture.channels()) {
      halvings.add(new Layers.Conv("conv" + halvings.size(), channels, next, 4, 2));
      channels = next;
    }
    int reduction = 1 << halvings.size();
    int flat = channels * (shape.height() / reduction) * (shape.width() / reduction);
    hidden = new Layers.Dense("hidden", flat, architecture.hidden());
    real = new Layers.Dense("real", architecture.hidden(), 1);
    ofClass = new Layers.Dense("class", classes, architecture.hidden());
  }

  public void declare(ParameterSet parameters, long seed) {
    halvings.forEach(layer -> layer.declare(parameters, seed));
    hidden.declare(parameters, seed);
    real.declare(parameters, seed);
    ofClass.declare(parameters, seed);
  }

  /**
   * @param images values in [-1, 1], (B, C, H, W)
   * @param oneHot (B, classes)
   * @return (B, 1)
   */
  public NDArray apply(ParameterSet weights, NDArray images, NDArray oneHot) {
    NDArray x = images;
    for (Layers.Conv layer : halvings) {
      x = ACTIVATION.apply(layer.apply(weights, x)); // (B, C', H / 2, W / 2)
    }
    x = ACTIVATION.apply(hidden.apply(weights, Layers.flatten(x))); // (B, hidden)
    NDArray told = ofClass.apply(weights, oneHot);
    return real.apply(weights, x).add(x.mul(told).sum(new int[] {1}, true));
  }

  List<Layers.Conv> halvings() {
    return halvings;
  }
}
