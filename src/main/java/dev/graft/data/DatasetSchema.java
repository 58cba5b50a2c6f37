package dev.graft.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What every row of a dataset has in common, fixed by INGEST and kept with every model and output.
 *
 * @param modality registered name: {@code image}, ...
 * @param shape of one sample's tensor; images are (channels, height, width)
 * @param classes names by class id; empty for an unlabelled dataset
 * @param parts columns in which a row is published that consists of several texts, in order; empty
 *     where a row is one value
 * @param labels names by label id where a row has several labels, and each class is a set of them
 *     ({@link LabelSets}); empty where a row has one class
 * @param spans kinds of the labelled stretches of a text, in the order of their marks; empty where
 *     rows have none
 */
public record DatasetSchema(
    String modality,
    List<Integer> shape,
    List<String> classes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> parts,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> labels,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> spans)
    implements Serializable {
  public DatasetSchema {
    shape = List.copyOf(shape);
    classes = List.copyOf(classes);
    parts = parts == null ? List.of() : List.copyOf(parts);
    labels = labels == null ? List.of() : List.copyOf(labels);
    spans = spans == null ? List.of() : List.copyOf(spans);
  }

  /** Of rows of one class, without spans. */
  public DatasetSchema(
      String modality, List<Integer> shape, List<String> classes, List<String> parts) {
    this(modality, shape, classes, parts, List.of(), List.of());
  }

  /** Of rows that are one value. */
  public DatasetSchema(String modality, List<Integer> shape, List<String> classes) {
    this(modality, shape, classes, List.of());
  }

  /** The same with classes that are sets of these labels. */
  public DatasetSchema withLabels(List<String> names) {
    return new DatasetSchema(modality, shape, classes, parts, names, spans);
  }

  /** The same with spans of these kinds. */
  public DatasetSchema withSpans(List<String> kinds) {
    return new DatasetSchema(modality, shape, classes, parts, labels, kinds);
  }

  /**
   * What differs in another schema, such as {@code labels [a, b] in place of [a]}; empty where they
   * are equal.
   */
  public String differences(DatasetSchema other) {
    List<String> differences = new ArrayList<>();
    add(differences, "modality", modality, other.modality);
    add(differences, "shape", shape, other.shape);
    add(differences, "classes", classes, other.classes);
    add(differences, "parts", parts, other.parts);
    add(differences, "labels", labels, other.labels);
    add(differences, "spans", spans, other.spans);
    return String.join("; ", differences);
  }

  private static void add(List<String> differences, String name, Object mine, Object others) {
    if (!mine.equals(others)) {
      differences.add(name + " " + mine + " in place of " + others);
    }
  }

  /** Values (for images: bytes) per sample: the product of {@link #shape()}. */
  public int rowSize() {
    return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
  }
}
