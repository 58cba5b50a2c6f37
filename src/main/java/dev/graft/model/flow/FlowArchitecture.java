package dev.graft.model.flow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.nn.ImageShape;
import java.util.List;

/**
 * The {@code architecture} section of a definition.
 *
 * @param patch pixels of a side that are one position of the first level: 1, 2 or 4
 * @param channels of the levels; each is half the size of the one before
 * @param blocks residual blocks of a level on the way down, and again on the way up
 * @param embedding length of the vector of time and class
 * @param attention heads of the attention of the smallest level; 0: it has none
 * @param sampling how samples are drawn unless controls say otherwise
 */
record FlowArchitecture(
    int patch,
    List<Integer> channels,
    int blocks,
    int embedding,
    int attention,
    Sampling sampling) {

  /**
   * @param steps of the solver
   * @param guidance weight of the class, see {@link FlowSampler}
   */
  record Sampling(int steps, double guidance) {}

  static FlowArchitecture of(JsonNode node) {
    return Json.mapper().convertValue(node, FlowArchitecture.class);
  }

  /** How many times smaller the smallest level is. */
  int reduction() {
    return patch << (channels.size() - 1);
  }

  void check(ImageShape shape) {
    if (shape.height() % reduction() != 0 || shape.width() % reduction() != 0) {
      throw GraftException.usage(
          "images of %d x %d do not suit patches of %d and %d levels: height and width must be"
              + " multiples of %d; change architecture.patch or architecture.channels, or"
              + " image.size in the spec",
          shape.height(), shape.width(), patch, channels.size(), reduction());
    }
    int smallest = channels.get(channels.size() - 1);
    if (attention > 0 && smallest % attention != 0) {
      throw GraftException.usage(
          "architecture.attention is %d: its heads must divide the %d channels of the smallest"
              + " level; change it or the last of architecture.channels",
          attention, smallest);
    }
  }
}
