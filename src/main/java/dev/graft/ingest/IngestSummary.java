package dev.graft.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.LabelSets;
import dev.graft.data.Part;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.ingest.DatasetStatistics.ClassRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The figures and the small files that close the stage. */
final class IngestSummary {
  static final String SCHEMA_FILE = "schema.json";
  static final String STATISTICS_FILE = "statistics.json";
  static final String DUPLICATES_FILE = "duplicates.json";

  private final WriteReport report;
  private final SplitPlan plan;

  IngestSummary(WriteReport report, SplitPlan plan) {
    this.report = report;
    this.plan = plan;
  }

  /**
   * @throws GraftException (exit 3) when TRAIN or TUNE came out without real rows, or a part is too
   *     large
   */
  void check() {
    for (Part part : Part.values()) {
      CanonicalDataset.checkSize(part, report.rows(part), plan.schema().rowSize());
    }
    for (Part part : List.of(Part.TRAIN, Part.TUNE)) {
      if (report.realRows(part) == 0 && report.rows(part) > 0) {
        throw GraftException.input(
            "all %,d rows of %s say that a model made them; Graft learns from real rows only: add"
                + " some to the source",
            report.rows(part), part.key());
      }
      if (report.realRows(part) == 0) {
        throw GraftException.input(
            "the split leaves no rows for %s (tune %s, test %s%s); more rows%s are needed",
            part.key(),
            plan.rule().split().tune(),
            plan.rule().split().test(),
            plan.rule().split().grouped() ? ", by " + plan.rule().split().by() : "",
            plan.rule().split().grouped() ? " or groups" : "");
      }
    }
  }

  void writeFiles(String directory) {
    Storage.writeText(Storage.resolve(directory, SCHEMA_FILE), Json.pretty(plan.schema()));
    Storage.writeText(Storage.resolve(directory, STATISTICS_FILE), Json.pretty(statistics()));
    Storage.writeText(Storage.resolve(directory, DUPLICATES_FILE), Json.pretty(report.duplicates));
  }

  /** The stage's summary: rows per part and class, rejects by reason, duplicates, files. */
  JsonNode figures() {
    Map<String, Object> figures = new TreeMap<>();
    Map<String, Object> rows = new TreeMap<>();
    Map<String, Object> perClass = new TreeMap<>();
    Map<String, Object> files = new TreeMap<>();
    for (Part part : Part.values()) {
      rows.put(part.key(), report.rows(part));
      Map<String, Long> classes = new LinkedHashMap<>();
      for (int label = 0; label < plan.schema().classes().size(); label++) {
        classes.put(plan.schema().classes().get(label), report.moments(part, label).rows());
      }
      perClass.put(part.key(), classes);
      files.put(
          part.key(),
          report.files.stream().filter(file -> file.part().equals(part.key())).toList());
    }
    figures.put("rows", rows);
    figures.put("synthetic-rows", report.rows(Part.TRAIN) - report.realRows(Part.TRAIN));
    figures.put("rows-per-class", perClass);
    if (!plan.schema().labels().isEmpty()) {
      figures.put("rows-per-label", rowsPerLabel());
    }
    figures.put("files", files);
    figures.put("rejected", plan.rejected());
    if (!plan.rule().take().all()) {
      figures.put("take", plan.rule().take());
    }
    Map<String, Object> duplicates = new TreeMap<>();
    duplicates.put("groups", report.duplicates.groups());
    duplicates.put("extra-rows", report.duplicates.extraRows());
    duplicates.put("cross-label-groups", report.duplicates.crossLabelGroups());
    duplicates.put("across-parts", report.duplicates.acrossParts());
    duplicates.put("test-rows-in-train", report.duplicates.testRowsInTrain());
    figures.put("duplicates", duplicates);
    figures.put("warnings", warnings());
    return Json.tree(figures);
  }

  /** By part; a row counts for each of its labels. */
  private Map<String, Object> rowsPerLabel() {
    LabelSets sets = LabelSets.of(plan.schema());
    Map<String, Object> parts = new TreeMap<>();
    for (Part part : Part.values()) {
      Map<String, Long> labels = new LinkedHashMap<>();
      sets.labels().forEach(name -> labels.put(name, 0L));
      for (int set = 0; set < plan.schema().classes().size(); set++) {
        for (long label : sets.ofClass(set)) {
          labels.merge(sets.labels().get((int) label), report.moments(part, set).rows(), Long::sum);
        }
      }
      parts.put(part.key(), labels);
    }
    return parts;
  }

  private DatasetStatistics statistics() {
    Map<String, List<ClassRows>> parts = new TreeMap<>();
    for (Part part : Part.values()) {
      List<ClassRows> classes = new ArrayList<>();
      for (int label = 0; label < plan.schema().classes().size(); label++) {
        Moments moments = report.moments(part, label);
        classes.add(
            new ClassRows(
                plan.schema().classes().get(label),
                moments.rows(),
                report.synthetic(part, label),
                moments.mean(),
                moments.deviation()));
      }
      parts.put(part.key(), classes);
    }
    return new DatasetStatistics(parts, warnings());
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>(plan.warnings());
    if (report.duplicates.acrossParts() > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%,d contents are in more than one part%s; %,d train rows are also in test: figures"
                  + " on tune and test rows may be too good; see %s",
              report.duplicates.acrossParts(),
              plan.rule().split().grouped()
                  ? ", for split.by " + plan.rule().split().by() + " keeps groups whole, not copies"
                  : "",
              report.duplicates.testRowsInTrain(),
              DUPLICATES_FILE));
    }
    for (Part part : Part.values()) {
      if (report.rows(part) == 0) {
        warnings.add("the part " + part.key() + " is empty");
        continue;
      }
      for (int label = 0; label < plan.schema().classes().size(); label++) {
        if (report.moments(part, label).rows() == 0) {
          warnings.add(
              "class \"" + plan.schema().classes().get(label) + "\" has no rows in " + part.key());
        }
      }
    }
    return warnings;
  }
}
