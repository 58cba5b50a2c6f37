package dev.graft.model.adversarial;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.ModelDefinition;
import dev.graft.model.nn.Activation;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.Layers;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.TorchScript;
import dev.graft.model.nn.TorchScript.Image;
import java.util.ArrayList;
import java.util.List;

/**
 * From noise and a class to an image, after DCGAN (Radford et al. 2016): a dense layer makes the
 * smallest image, convolutions with pixel shuffles double it. Every normalisation is scaled and
 * shifted by the class (Dumoulin et al. 2017).
 */
public final class GeneratorNetwork {
  private static final String SMALLEST = "smallest";

  /** The parameter that noise, then class, is multiplied by: (values, latent + classes). */
  public static final String NOISE_WEIGHT = SMALLEST + ".weight";

  /**
   * The section {@code architecture.generator}.
   *
   * @param latent length of the noise
   * @param channels of the smallest image, then of each doubled one; the last doubling makes pixels
   * @param activation between layers
   */
  public record Architecture(int latent, List<Integer> channels, String activation) {
    /** Reads a validated definition. */
    public static Architecture of(ModelDefinition definition) {
      return Json.mapper()
          .convertValue(definition.architecture().get("generator"), Architecture.class);
    }

    int reduction() {
      return 1 << channels.size();
    }

    /** Refuses images that the doublings cannot make. */
    public void check(ImageShape shape) {
      if (shape.height() % reduction() != 0 || shape.width() % reduction() != 0) {
        throw GraftException.usage(
            "images of %d x %d do not suit a generator with %d doublings: height and width must be"
                + " multiples of %d; change architecture.generator.channels, or image.size in the"
                + " spec",
            shape.height(), shape.width(), channels.size(), reduction());
      }
    }
  }

  private final Activation activation;
  private final int firstChannels;
  private final int smallHeight;
  private final int smallWidth;
  private final Layers.Dense smallest;
  private final List<ClassNorm> norms = new ArrayList<>();
  private final List<Layers.Conv> doublings = new ArrayList<>();
  private final ClassNorm refinedNorm;
  private final Layers.Conv refinement;
  private final Layers.Conv output;

  public GeneratorNetwork(Architecture architecture, ImageShape shape, int classes) {
    architecture.check(shape);
    activation = Activation.of(architecture.activation());
    List<Integer> widths = architecture.channels();
    firstChannels = widths.get(0);
    smallHeight = shape.height() / architecture.reduction();
    smallWidth = shape.width() / architecture.reduction();
    smallest =
        new Layers.Dense(
            SMALLEST, architecture.latent() + classes, firstChannels * smallHeight * smallWidth);
    norms.add(new ClassNorm("norm0", firstChannels, classes));
    for (int i = 1; i < widths.size(); i++) {
      doublings.add(new Layers.Conv("doubling" + i, widths.get(i - 1), 4 * widths.get(i), 3, 1));
      norms.add(new ClassNorm("norm" + i, widths.get(i), classes));
    }
    int last = widths.get(widths.size() - 1);
    refinement = new Layers.Conv("refinement", last, last, 3, 1);
    refinedNorm = new ClassNorm("refined", last, classes);
    output = new Layers.Conv("output", last, 4 * shape.channels(), 3, 1);
  }

  public void declare(ParameterSet parameters, long seed) {
    smallest.declare(parameters, seed);
    norms.forEach(norm -> norm.declare(parameters, seed));
    doublings.forEach(layer -> layer.declare(parameters, seed));
    refinement.declare(parameters, seed);
    refinedNorm.declare(parameters, seed);
    output.declare(parameters, seed);
  }

  /**
   * @param noise (B, latent)
   * @param oneHot (B, classes)
   * @return images with values in [-1, 1], (B, C, H, W)
   */
  public NDArray apply(ParameterSet weights, NDArray noise, NDArray oneHot) {
    NDArray x = smallest.apply(weights, noise.concat(oneHot, 1));
    x = Layers.unflatten(x, firstChannels, smallHeight, smallWidth);
    x = activation.apply(norms.get(0).apply(weights, x, oneHot));
    for (int i = 0; i < doublings.size(); i++) {
      x = Layers.pixelShuffle(doublings.get(i).apply(weights, x)); // (B, C', 2H, 2W)
      x = activation.apply(norms.get(i + 1).apply(weights, x, oneHot));
    }
    x = refinement.apply(weights, x);
    x = activation.apply(refinedNorm.apply(weights, x, oneHot));
    return JniUtils.tanh((PtNDArray) Layers.pixelShuffle(output.apply(weights, x)));
  }

  /** {@link #apply} in TorchScript; gives the images' name. */
  String write(TorchScript script, String noise, String oneHot) {
    String told = script.call("cat", List.of(noise, oneHot), 1);
    Image x =
        script.unflatten(script.dense(smallest, told), firstChannels, smallHeight, smallWidth);
    x = script.activation(activation, norms.get(0).write(script, x, oneHot));
    for (int i = 0; i < doublings.size(); i++) {
      x = script.pixelShuffle(script.conv(doublings.get(i), x));
      x = script.activation(activation, norms.get(i + 1).write(script, x, oneHot));
    }
    x =
        script.activation(
            activation, refinedNorm.write(script, script.conv(refinement, x), oneHot));
    return script.call("tanh", script.pixelShuffle(script.conv(output, x)).name());
  }
}
