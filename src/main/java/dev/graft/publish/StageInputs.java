package dev.graft.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.Projection;
import dev.graft.modality.Modalities;
import dev.graft.modality.PublishedPayload;
import dev.graft.score.SoftLabels;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import java.util.ArrayList;
import java.util.List;

/** What PUBLISH reads of the stages before it; for use on workers. */
final class StageInputs {
  static final String LABEL = "label";

  /** In place of {@link #LABEL} where a row has several. */
  static final String LABELS = "labels";

  static final String REASON = "reason";

  private final StageContext context;

  StageInputs(StageContext context) {
    this.context = context;
  }

  /** A JSON file of a stage's output. */
  JsonNode json(StageName stage, String file) {
    return Json.read(Storage.read(file(stage, file)), JsonNode.class);
  }

  /** A file of a stage's output. */
  String file(StageName stage, String file) {
    String location = context.input(stage).file(file);
    if (!Storage.exists(location)) {
      throw GraftException.input(
          "%s is missing from the output of %s; run `graft %s` again",
          location, stage.key(), stage.key());
    }
    return location;
  }

  /** The figures that a stage ended with. */
  JsonNode summary(StageName stage) {
    return context.input(stage).summary();
  }

  /** The Parquet files of a folder of a stage's output whose names start with {@code prefix}. */
  List<String> files(StageName stage, String folder, String prefix) {
    StageOutput output = context.input(stage);
    return Storage.list(output.file(folder)).stream()
        .filter(entry -> entry.name().startsWith(prefix) && entry.name().endsWith(".parquet"))
        .map(Storage.Entry::location)
        .toList();
  }

  private DatasetSchema schema() {
    return Json.read(Storage.read(file(StageName.INGEST, "schema.json")), DatasetSchema.class);
  }

  /** The columns of canonical files that are read, as a projection. */
  Projection real() {
    return Projection.of(stored().toArray(String[]::new));
  }

  /** The columns of candidate files that are read, as a projection. */
  Projection candidates() {
    List<String> columns = stored();
    if (softLabels()) {
      columns.add(SoftLabels.COLUMN.name());
    }
    return Projection.of(columns.toArray(String[]::new));
  }

  private List<String> stored() {
    DatasetSchema schema = schema();
    List<String> columns = new ArrayList<>();
    columns.add(Modalities.get(schema.modality()).payloadColumn().name());
    if (!schema.classes().isEmpty()) {
      columns.add(LABEL);
    }
    return columns;
  }

  private boolean softLabels() {
    return context.spec().augment().softLabels();
  }

  /** How rows of {@link #real} and {@link #candidates} are published. */
  PublishedRows publishedRows() {
    return new PublishedRows(schema(), columns().size(), context.fingerprint(StageName.PUBLISH));
  }

  /** The columns of the published dataset. */
  List<Column> columns() {
    DatasetSchema schema = schema();
    List<Column> columns = new ArrayList<>(PublishedPayload.of(schema).columns());
    if (!schema.labels().isEmpty()) {
      columns.add(Column.ListOf.labels(LABELS, schema.labels()));
    } else if (!schema.classes().isEmpty()) {
      columns.add(new Column.ClassLabel(LABEL, schema.classes()));
    }
    if (softLabels()) {
      columns.add(SoftLabels.COLUMN);
    }
    return columns;
  }

  /** The columns of the sample of refused rows. */
  List<Column> rejectedColumns() {
    List<Column> columns = columns();
    columns.add(new Column.Value(REASON, Column.Value.Type.STRING));
    return columns;
  }
}
