package dev.graft.model.nn;

import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import java.util.List;

/**
 * The shape of the images of a dataset.
 *
 * @param channels 1 for grey, 3 for colour
 */
public record ImageShape(int channels, int height, int width) {
  /** The image shape of a dataset. */
  public static ImageShape of(DatasetSchema schema) {
    List<Integer> shape = schema.shape();
    if (shape.size() != 3) {
      throw GraftException.usage(
          "this model family takes images of shape [channels, height, width]; the data has shape %s",
          shape);
    }
    return new ImageShape(shape.get(0), shape.get(1), shape.get(2));
  }

  public int rowSize() {
    return channels * height * width;
  }
}
