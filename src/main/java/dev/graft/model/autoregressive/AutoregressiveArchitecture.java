package dev.graft.model.autoregressive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.nn.CausalTransformer;
import dev.graft.model.nn.ImageShape;
import java.util.List;

/**
 * The {@code architecture} section of a definition.
 *
 * @param tokenizer between images and codes
 * @param prior of the codes
 */
record AutoregressiveArchitecture(TokenizerPart tokenizer, CausalTransformer.Size prior) {
  /**
   * @param levels values of each dimension of a code, odd numbers; their product is the number of
   *     codes
   * @param encoder channels of the convolutions, each of which halves the image
   * @param decoder channels of the smallest image, then of each doubled one
   * @param activation between layers
   */
  record TokenizerPart(
      List<Integer> levels, List<Integer> encoder, List<Integer> decoder, String activation) {
    int codes() {
      return levels.stream().reduce(1, Math::multiplyExact);
    }

    int reduction() {
      return 1 << encoder.size();
    }
  }

  static AutoregressiveArchitecture of(JsonNode node) {
    AutoregressiveArchitecture architecture =
        Json.mapper().convertValue(node, AutoregressiveArchitecture.class);
    architecture.check();
    return architecture;
  }

  private void check() {
    for (int level : tokenizer.levels()) {
      if (level % 2 == 0) {
        throw GraftException.usage(
            "architecture.tokenizer.levels has %d; allowed: odd numbers from 3 on", level);
      }
    }
    if (tokenizer.decoder().size() != tokenizer.encoder().size()) {
      throw GraftException.usage(
          "architecture.tokenizer.decoder has %d entries, for %d halvings of the encoder; it needs"
              + " as many",
          tokenizer.decoder().size(), tokenizer.encoder().size());
    }
    if (prior.width() % prior.heads() != 0) {
      throw GraftException.usage(
          "architecture.prior.width is %d, which %d heads do not divide",
          prior.width(), prior.heads());
    }
  }

  /** Codes of an image, row by row. */
  int positions(ImageShape shape) {
    return shape.height() / tokenizer.reduction() * (shape.width() / tokenizer.reduction());
  }

  void check(ImageShape shape) {
    int reduction = tokenizer.reduction();
    if (shape.height() % reduction != 0 || shape.width() % reduction != 0) {
      throw GraftException.usage(
          "images of %d x %d do not suit a tokenizer with %d halvings: height and width must be"
              + " multiples of %d; change architecture.tokenizer, or image.size in the spec",
          shape.height(), shape.width(), tokenizer.encoder().size(), reduction);
    }
  }
}
