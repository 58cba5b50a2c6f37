package dev.graft.ingest;

import dev.graft.data.Part;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.transforms.Combine;

/** What was written: files, sums per part and class, duplicates. Merged in any order. */
final class WriteReport implements Serializable {
  private static final long serialVersionUID = 1L;

  final TreeSet<ShardFile> files = new TreeSet<>();
  final EnumMap<Part, TreeMap<Integer, Moments>> moments = new EnumMap<>(Part.class);
  final EnumMap<Part, TreeMap<Integer, Long>> synthetic = new EnumMap<>(Part.class);
  Duplicates duplicates = Duplicates.NONE;

  static WriteReport of(Duplicates duplicates) {
    WriteReport report = new WriteReport();
    report.duplicates = duplicates;
    return report;
  }

  void add(Part part, int label, Moments more) {
    moments
        .computeIfAbsent(part, ignored -> new TreeMap<>())
        .merge(label, more, (left, right) -> left.plus(right));
  }

  /** Counts rows that the source declared synthetic; they are in the moments too. */
  void addSynthetic(Part part, int label, long more) {
    synthetic.computeIfAbsent(part, ignored -> new TreeMap<>()).merge(label, more, Long::sum);
  }

  long synthetic(Part part, int label) {
    return synthetic.getOrDefault(part, new TreeMap<>()).getOrDefault(label, 0L);
  }

  /** Rows of a part that no model has made. */
  long realRows(Part part) {
    return rows(part)
        - synthetic.getOrDefault(part, new TreeMap<>()).values().stream()
            .mapToLong(Long::longValue)
            .sum();
  }

  Moments moments(Part part, int label) {
    return moments.getOrDefault(part, new TreeMap<>()).getOrDefault(label, Moments.NONE);
  }

  long rows(Part part) {
    return moments.getOrDefault(part, new TreeMap<>()).values().stream()
        .mapToLong(Moments::rows)
        .sum();
  }

  private void merge(WriteReport other) {
    files.addAll(other.files);
    for (Map.Entry<Part, TreeMap<Integer, Moments>> part : other.moments.entrySet()) {
      part.getValue().forEach((label, more) -> add(part.getKey(), label, more));
    }
    for (Map.Entry<Part, TreeMap<Integer, Long>> part : other.synthetic.entrySet()) {
      part.getValue().forEach((label, more) -> addSynthetic(part.getKey(), label, more));
    }
    duplicates = duplicates.plus(other.duplicates);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WriteReport that
        && files.equals(that.files)
        && moments.equals(that.moments)
        && synthetic.equals(that.synthetic)
        && duplicates.equals(that.duplicates);
  }

  @Override
  public int hashCode() {
    return Objects.hash(files, moments, synthetic, duplicates);
  }

  /** Adds reports up. */
  static final class Merge extends Combine.CombineFn<WriteReport, WriteReport, WriteReport> {
    private static final long serialVersionUID = 1L;

    @Override
    public WriteReport createAccumulator() {
      return new WriteReport();
    }

    @Override
    public WriteReport addInput(WriteReport accumulator, WriteReport input) {
      accumulator.merge(input);
      return accumulator;
    }

    @Override
    public WriteReport mergeAccumulators(Iterable<WriteReport> accumulators) {
      WriteReport merged = new WriteReport();
      accumulators.forEach(merged::merge);
      return merged;
    }

    @Override
    public WriteReport extractOutput(WriteReport accumulator) {
      return accumulator;
    }
  }
}
