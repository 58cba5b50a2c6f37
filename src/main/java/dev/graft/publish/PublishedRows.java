package dev.graft.publish;

import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.DatasetRow.Provenance;
import dev.graft.modality.PublishedPayload;
import java.util.Arrays;

/** Rows as they leave. */
final class PublishedRows {
  private PublishedRows() {}

  /**
   * The row with the run that publishes it, and its payload in the columns that are published.
   *
   * @param row of {@link StageInputs#stored}
   */
  static DatasetRow signed(DatasetRow row, PublishedPayload payload, String runId) {
    Provenance p = row.provenance();
    Object[] first = payload.split(row.values()[0]);
    Object[] values = Arrays.copyOf(first, first.length + row.values().length - 1, Object[].class);
    System.arraycopy(row.values(), 1, values, first.length, row.values().length - 1);
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
