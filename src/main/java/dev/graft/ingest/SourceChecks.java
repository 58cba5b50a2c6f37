package dev.graft.ingest;

import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelSets;
import dev.graft.spec.SourceSpec;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What makes a source that could be read useless all the same. */
final class SourceChecks {
  private static final int POSITIONS_SHOWN = 5;

  private SourceChecks() {}

  /**
   * @param rejectsFile where the rejects are listed, for the message
   * @throws GraftException (exit 3) for too many rejects, no rows or an empty class; (exit 2) when
   *     {@code source.take} names no class of the source
   */
  static void check(
      ReadSummary summary, DatasetSchema schema, SourceSpec source, String rejectsFile) {
    long rejected = summary.rejectedRows();
    long all = rejected + summary.takenRows();
    if (rejected > source.maxBadRecords() * all) {
      throw GraftException.input(
          "%d of %d records were rejected (%s), more than source.max-bad-records allows (%s): %s;"
              + " the first: %s; all are in %s",
          rejected,
          all,
          percent((double) rejected / all),
          percent(source.maxBadRecords()),
          counts(summary),
          summary.firstRejects.stream()
              .limit(POSITIONS_SHOWN)
              .map(SourceChecks::position)
              .collect(Collectors.joining("; ")),
          rejectsFile);
    }
    if (all == rejected) {
      throw GraftException.input(
          "the source %s has no rows", String.join(", ", source.locations().values()));
    }
    if (summary.rows.isEmpty() && summary.syntheticRows > 0) {
      throw GraftException.input(
          "all %,d rows say that a model made them; Graft learns from real rows only: add some",
          summary.syntheticRows);
    }
    if (!schema.labels().isEmpty()) {
      checkLabels(summary, schema, source);
    }
    List<String> empty =
        IntStream.range(0, schema.classes().size())
            .filter(label -> schema.labels().isEmpty() && !summary.rows.containsKey(label))
            .mapToObj(label -> "\"" + schema.classes().get(label) + "\"")
            .toList();
    if (!empty.isEmpty()) {
      throw GraftException.input(
          "%s of the %d classes %s no rows: %s; add data, or leave %s out of source.classes",
          empty.size(),
          schema.classes().size(),
          empty.size() == 1 ? "has" : "have",
          String.join(", ", empty.subList(0, Math.min(12, empty.size()))),
          empty.size() == 1 ? "it" : "them");
    }
    for (String name : new TreeSet<>(source.take().classes().keySet())) {
      if (!schema.classes().contains(name)) {
        throw GraftException.usage(
            "source.take.classes names \"%s\", which is no class of the source; its classes are %s",
            name, String.join(", ", schema.classes()));
      }
    }
  }

  /** A set may have no row but bad ones, or official test rows; a declared label must have some. */
  private static void checkLabels(ReadSummary summary, DatasetSchema schema, SourceSpec source) {
    Set<String> found = new HashSet<>();
    summary.rows.keySet().forEach(set -> found.addAll(LabelSets.labels(schema.classes().get(set))));
    List<String> missing =
        source.classes().stream().filter(label -> !found.contains(label)).toList();
    if (!missing.isEmpty()) {
      throw GraftException.input(
          "%d of the %d labels %s no rows: %s; add data, or leave %s out of source.classes",
          missing.size(),
          schema.labels().size(),
          missing.size() == 1 ? "has" : "have",
          String.join(", ", missing.subList(0, Math.min(12, missing.size()))),
          missing.size() == 1 ? "it" : "them");
    }
  }

  private static String counts(ReadSummary summary) {
    return summary.rejected.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String position(Reject reject) {
    return String.format(
        Locale.ROOT,
        "%s#%d %s: %s",
        reject.file(),
        reject.index(),
        reject.reason(),
        reject.detail());
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(share * 100)
            .round(new MathContext(3))
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }
}
