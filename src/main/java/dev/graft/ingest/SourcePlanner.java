package dev.graft.ingest;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.LabelSets;
import dev.graft.spec.SourceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Lists a source: its classes and the ranges to read. */
final class SourcePlanner {
  private SourcePlanner() {}

  /** The ranges of the source and of its official test set, in order. */
  static List<PlannedRange> plan(SourceSpec source) {
    SourceFormat format = SourceFormats.get(source.format());
    try {
      List<SourceRange> own = format.ranges(source.locations(), source.limits());
      List<SourceRange> test =
          source.hasOfficialTest()
              ? format.ranges(source.testLocations(), source.limits())
              : List.of();
      List<String> labels = source.severalLabels() ? labels(source, format) : List.of();
      List<String> classes = classes(source, format, labels);
      long rows =
          own.stream().mapToLong(SourceRange::rows).sum()
              + test.stream().mapToLong(SourceRange::rows).sum();
      if (own.isEmpty() || own.stream().allMatch(range -> range.rows() == 0)) {
        throw GraftException.input(
            "the source %s has no rows", String.join(", ", source.locations().values()));
      }
      List<PlannedRange> plan = new ArrayList<>();
      own.forEach(
          range -> plan.add(new PlannedRange(plan.size(), false, classes, labels, rows, range)));
      test.forEach(
          range -> plan.add(new PlannedRange(plan.size(), true, classes, labels, rows, range)));
      return plan;
    } catch (IOException | UncheckedIOException e) {
      throw new GraftException(
          ExitCode.INPUT,
          "cannot read the source "
              + String.join(", ", source.locations().values())
              + ": "
              + SourceFiles.reason(e),
          e);
    }
  }

  private static List<String> labels(SourceSpec source, SourceFormat format) throws IOException {
    if (!source.classes().isEmpty()) {
      return source.classes();
    }
    List<String> ordered = format.labels(source.locations());
    return ordered.isEmpty() ? LabelSets.all(format.classes(source.locations())) : ordered;
  }

  /** The declared ones, or the source's own; sets of labels are those that occur in any record. */
  private static List<String> classes(SourceSpec source, SourceFormat format, List<String> labels)
      throws IOException {
    if (!source.severalLabels()) {
      return source.classes().isEmpty() ? format.classes(source.locations()) : source.classes();
    }
    TreeSet<String> sets = new TreeSet<>(format.classes(source.locations()));
    if (source.hasOfficialTest()) {
      sets.addAll(format.classes(source.testLocations()));
    }
    Set<String> known = Set.copyOf(labels);
    sets.removeIf(set -> !known.containsAll(LabelSets.labels(set)));
    if (sets.size() > source.mostLabelSets()) {
      throw GraftException.input(
          "the source %s has %,d different sets of labels, more than source.max-label-sets allows"
              + " (%,d), and each is a class of its own; name fewer labels in source.classes, merge"
              + " labels, or raise source.max-label-sets",
          source.locations().get("path"), sets.size(), source.mostLabelSets());
    }
    return List.copyOf(sets);
  }
}
