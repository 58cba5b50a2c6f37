package dev.graft.modality.image;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The {@code image} section of a spec.
 *
 * @param height declared height in pixels
 * @param width declared width in pixels
 * @param channels 1 for {@code grey}, 3 for {@code colour}
 * @param resize what happens to images of another size
 * @param flip whether classical augmentation may mirror an image left to right
 */
record ImageOptions(int height, int width, int channels, ResizePolicy resize, boolean flip) {
  static final int MIN_SIDE = 4;
  static final int MAX_SIDE = 1024;
  private static final List<String> KEYS = List.of("size", "channels", "resize", "flip");
  private static final String SIZE_HELP =
      "give one number, or [height, width], each from " + MIN_SIDE + " to " + MAX_SIDE;

  /**
   * Reads and checks the section.
   *
   * @throws GraftException (exit 2) for a missing size, an unknown key or a value out of range
   */
  static ImageOptions parse(JsonNode options) {
    if (options == null || !options.isObject()) {
      throw GraftException.usage("the section `image` is missing; declare at least image.size");
    }
    for (Iterator<String> names = options.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!KEYS.contains(name)) {
        throw GraftException.usage(
            "unknown key image.%s; allowed: %s", name, String.join(", ", KEYS));
      }
    }
    int[] size = size(options.get("size"));
    return new ImageOptions(
        size[0],
        size[1],
        channels(options.get("channels")),
        resize(options.get("resize")),
        flip(options.get("flip")));
  }

  private static int[] size(JsonNode size) {
    if (size == null || size.isNull()) {
      throw GraftException.usage("image.size is missing; %s", SIZE_HELP);
    }
    if (size.isInt()) {
      return new int[] {side(size), side(size)};
    }
    if (size.isArray() && size.size() == 2) {
      return new int[] {side(size.get(0)), side(size.get(1))};
    }
    throw GraftException.usage("image.size is %s; %s", size, SIZE_HELP);
  }

  private static int side(JsonNode value) {
    if (!value.isInt() || value.intValue() < MIN_SIDE || value.intValue() > MAX_SIDE) {
      throw GraftException.usage("image.size has %s; %s", value, SIZE_HELP);
    }
    return value.intValue();
  }

  private static int channels(JsonNode channels) {
    String text = channels == null || channels.isNull() ? "grey" : channels.asText();
    return switch (text) {
      case "grey" -> 1;
      case "colour" -> 3;
      default ->
          throw GraftException.usage(
              "image.channels is \"%s\"; allowed: grey, colour (default grey)", text);
    };
  }

  private static ResizePolicy resize(JsonNode resize) {
    String text = resize == null || resize.isNull() ? "exact" : resize.asText();
    return Arrays.stream(ResizePolicy.values())
        .filter(policy -> policy.key().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                GraftException.usage(
                    "image.resize is \"%s\"; allowed: exact, fit, crop, stretch (default exact)",
                    text));
  }

  private static boolean flip(JsonNode flip) {
    if (flip == null || flip.isNull()) {
      return false;
    }
    if (!flip.isBoolean()) {
      throw GraftException.usage("image.flip is %s; allowed: true, false (default false)", flip);
    }
    return flip.booleanValue();
  }
}
