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
  private final String runId;

  /**
   * @param runId of the run that publishes them
   */
  PublishedRows(DatasetSchema schema, String runId) {
    this.payload = PublishedPayload.of(schema);
    this.labels = schema.labels().isEmpty() ? Optional.empty() : Optional.of(LabelSets.of(schema));
    this.runId = runId;
  }

  /** Where the first of the {@link StageInputs#stored} columns goes. */
  PublishedPayload payload() {
    return payload;
  }

  /**
   * The row with the run that publishes it.
   *
   * @param row of {@link StageInputs#stored}
   */
  DatasetRow signed(DatasetRow row) {
    Provenance p = row.provenance();
    Object[] first = payload.split(row.values()[0]);
    Object[] values = Arrays.copyOf(first, first.length + row.values().length - 1, Object[].class);
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
