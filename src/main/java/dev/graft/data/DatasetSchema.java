package dev.graft.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.List;

/**
 * What every row of a dataset has in common, fixed by INGEST and kept with every model and output.
 *
 * @param modality registered name: {@code image}, ...
 * @param shape of one sample's tensor; images are (channels, height, width)
 * @param classes names by class id; empty for an unlabelled dataset
 * @param parts columns in which a row is published that consists of several texts, in order; empty
 *     where a row is one value
 * @param spans kinds of the labelled stretches of a text, in the order of their marks; empty where
 *     rows have none
 */
public record DatasetSchema(
    String modality,
    List<Integer> shape,
    List<String> classes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> parts,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> spans)
    implements Serializable {
  public DatasetSchema {
    shape = List.copyOf(shape);
    classes = List.copyOf(classes);
    parts = parts == null ? List.of() : List.copyOf(parts);
    spans = spans == null ? List.of() : List.copyOf(spans);
  }

  /** Of rows without spans. */
  public DatasetSchema(
      String modality, List<Integer> shape, List<String> classes, List<String> parts) {
    this(modality, shape, classes, parts, List.of());
  }

  /** Of rows that are one value. */
  public DatasetSchema(String modality, List<Integer> shape, List<String> classes) {
    this(modality, shape, classes, List.of());
  }

  /** Values (for images: bytes) per sample: the product of {@link #shape()}. */
  public int rowSize() {
    return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
  }
}
