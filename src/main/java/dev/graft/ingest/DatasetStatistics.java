package dev.graft.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.data.Part;
import java.util.List;
import java.util.Map;

/**
 * The content of {@code statistics.json}.
 *
 * @param parts by {@link Part#key()}: one entry per class, in id order
 * @param warnings in words
 */
public record DatasetStatistics(Map<String, List<ClassRows>> parts, List<String> warnings) {
  /**
   * Rows of one class in one part.
   *
   * @param name class name
   * @param rows how many
   * @param synthetic how many of them the source declared synthetic; left out of the JSON when none
   * @param mean of all their values, 0 to 255
   * @param deviation standard deviation of all their values
   */
  public record ClassRows(
      String name,
      long rows,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) long synthetic,
      double mean,
      double deviation) {

    /** How many no model has made. */
    public long realRows() {
      return rows - synthetic;
    }
  }

  public DatasetStatistics {
    parts = Map.copyOf(parts);
    warnings = List.copyOf(warnings);
  }

  /** Rows per class id in a part. */
  public long[] rowsPerClass(Part part) {
    return parts.getOrDefault(part.key(), List.of()).stream().mapToLong(ClassRows::rows).toArray();
  }

  /** Rows per class id in a part that no model has made. */
  public long[] realRowsPerClass(Part part) {
    return parts.getOrDefault(part.key(), List.of()).stream()
        .mapToLong(ClassRows::realRows)
        .toArray();
  }

  /** Rows of a part. */
  public long rows(Part part) {
    long sum = 0;
    for (long rows : rowsPerClass(part)) {
      sum += rows;
    }
    return sum;
  }
}
