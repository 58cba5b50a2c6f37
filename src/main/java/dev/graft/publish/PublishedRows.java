package dev.graft.publish;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelSets;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.DatasetRow.Provenance;
import dev.graft.modality.PublishedPayload;
import java.util.Arrays;
import java.util.Optional;

/** Rows as they leave: payload and labels in the columns that are published. */
final class PublishedRows {
  private final PublishedPayload payload;
  private final Optional<LabelSets> labels;
  private final int width;
  private final String runId;

  /**
   * @param width columns of the published dataset; those that a row lacks are null
   * @param runId of the run that publishes them
   */
  PublishedRows(DatasetSchema schema, int width, String runId) {
    this.payload = PublishedPayload.of(schema);
    this.labels = schema.labels().isEmpty() ? Optional.empty() : Optional.of(LabelSets.of(schema));
    this.width = width;
    this.runId = runId;
  }

  /** Where the first of the columns that are read goes. */
  PublishedPayload payload() {
    return payload;
  }

  /**
   * The row with the run that publishes it.
   *
   * @param row of {@link StageInputs#real} or {@link StageInputs#candidates}
   */
  DatasetRow signed(DatasetRow row) {
    Provenance p = row.provenance();
    Object[] first = payload.split(row.values()[0]);
    Object[] values = Arrays.copyOf(first, width, Object[].class);
    System.arraycopy(row.values(), 1, values, first.length, row.values().length - 1);
    labels.ifPresent(
        sets ->
            values[first.length] =
                row.values()[1] == null ? null : sets.ofClass(((Long) row.values()[1]).intValue()));
    return new DatasetRow(
        values,
        new Provenance(
            p.sampleId(),
            p.synthetic(),
            p.generator(),
            p.modelVersion(),
            p.seed(),
            p.condition(),
            p.sourceIds(),
            runId,
            p.scores()));
  }
}
