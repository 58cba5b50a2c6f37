package dev.graft.data;

import java.io.Serializable;
import java.util.List;

/**
 * What every row of a dataset has in common, fixed by INGEST and kept with every model and output.
 *
 * @param modality registered name: {@code image}, ...
 * @param shape of one sample's tensor; images are (channels, height, width)
 * @param classes names by class id; empty for an unlabelled dataset
 */
public record DatasetSchema(String modality, List<Integer> shape, List<String> classes)
    implements Serializable {
  public DatasetSchema {
    shape = List.copyOf(shape);
    classes = List.copyOf(classes);
  }

  /** Values (for images: bytes) per sample: the product of {@link #shape()}. */
  public int rowSize() {
    return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
  }
}
