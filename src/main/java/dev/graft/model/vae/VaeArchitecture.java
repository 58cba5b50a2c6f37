package dev.graft.model.vae;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.nn.ImageShape;
import java.util.List;

/**
 * The {@code architecture} section of a definition.
 *
 * @param latent length of a latent vector
 * @param encoder from images to posteriors
 * @param decoder from latent vectors to images
 * @param activation between layers
 * @param prior where latent vectors of new samples come from
 */
record VaeArchitecture(
    int latent, Encoder encoder, Decoder decoder, String activation, Prior prior) {

  /**
   * @param channels of the convolutions, each of which halves the image
   * @param hidden units of the dense layer after them
   * @param conditional whether the encoder is told the class
   */
  record Encoder(List<Integer> channels, int hidden, boolean conditional) {}

  /**
   * @param hidden units of the dense layer before the first image
   * @param channels of the smallest image, then of each doubled one
   * @param output how pixels are made: {@code full}, by a convolution of the last image at full
   *     size; or {@code shuffle}, by two at half size and a pixel shuffle, cheaper for the same
   *     channels
   */
  record Decoder(int hidden, List<Integer> channels, String output) {
    boolean shuffles() {
      return "shuffle".equals(output);
    }
  }

  /**
   * @param kind {@code standard} normal for all classes; or fitted to the posterior means of each
   *     class's training rows: {@code class-gaussian}, or {@code class-mixture} of Gaussians
   * @param components of a mixture
   */
  record Prior(String kind, int components) {}

  static VaeArchitecture of(JsonNode node) {
    VaeArchitecture architecture = Json.mapper().convertValue(node, VaeArchitecture.class);
    int halvings = architecture.encoder().channels().size();
    int images = architecture.decoder().shuffles() ? halvings : halvings + 1;
    if (architecture.decoder().channels().size() != images) {
      throw GraftException.usage(
          "architecture.decoder.channels has %d entries; with %d halvings of the encoder and output"
              + " %s it needs %d: one for each image from %d times smaller up",
          architecture.decoder().channels().size(),
          halvings,
          architecture.decoder().output(),
          images,
          1 << halvings);
    }
    return architecture;
  }

  /** With a prior that few rows suffice for. */
  VaeArchitecture withOneGaussian() {
    return prior.kind.equals("standard")
        ? this
        : new VaeArchitecture(latent, encoder, decoder, activation, new Prior("class-gaussian", 1));
  }

  /** How many times smaller the smallest image is. */
  int reduction() {
    return 1 << encoder.channels().size();
  }

  void check(ImageShape shape) {
    if (shape.height() % reduction() != 0 || shape.width() % reduction() != 0) {
      throw GraftException.usage(
          "images of %d x %d do not suit an encoder with %d halvings: height and width must be"
              + " multiples of %d; change architecture.encoder.channels, or image.size in the spec",
          shape.height(), shape.width(), encoder.channels().size(), reduction());
    }
  }
}
