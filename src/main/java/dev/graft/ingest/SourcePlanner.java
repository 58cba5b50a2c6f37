package dev.graft.ingest;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.spec.SourceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

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
      List<String> classes =
          source.classes().isEmpty() ? format.classes(source.locations()) : source.classes();
      long rows =
          own.stream().mapToLong(SourceRange::rows).sum()
              + test.stream().mapToLong(SourceRange::rows).sum();
      if (own.isEmpty() || own.stream().allMatch(range -> range.rows() == 0)) {
        throw GraftException.input(
            "the source %s has no rows", String.join(", ", source.locations().values()));
      }
      List<PlannedRange> plan = new ArrayList<>();
      own.forEach(range -> plan.add(new PlannedRange(plan.size(), false, classes, rows, range)));
      test.forEach(range -> plan.add(new PlannedRange(plan.size(), true, classes, rows, range)));
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
}
