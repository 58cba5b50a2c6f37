package dev.graft.publish;

import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.DatasetRow.Provenance;

/** Rows as they leave. */
final class PublishedRows {
  private PublishedRows() {}

  /** The row with the run that publishes it. */
  static DatasetRow signed(DatasetRow row, String runId) {
    Provenance p = row.provenance();
    return new DatasetRow(
        row.values(),
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
