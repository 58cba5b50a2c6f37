package dev.graft.publish;

import dev.graft.data.GraftException;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.Projection;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Reads one canonical file and sends its real rows to their shards. Rows that the source itself
 * declared synthetic stay behind.
 */
final class MoveRealRows extends DoFn<KV<String, String>, KV<ShardKey, DatasetRow>> {
  private static final long serialVersionUID = 1L;

  private final StageContext context;
  private final PCollectionView<Map<String, Long>> rowCounts;

  MoveRealRows(StageContext context, PCollectionView<Map<String, Long>> rowCounts) {
    this.context = context;
    this.rowCounts = rowCounts;
  }

  @ProcessElement
  public void process(
      @Element KV<String, String> file,
      OutputReceiver<KV<ShardKey, DatasetRow>> out,
      ProcessContext process) {
    ShardCounts shards =
        new ShardCounts(process.sideInput(rowCounts), context.spec().publish().rowsPerShard());
    try {
      StageInputs inputs = new StageInputs(context);
      PublishedRows published = inputs.publishedRows();
      try (DatasetFileReader reader = DatasetFileReader.open(file.getValue(), inputs.real())) {
        for (DatasetRow row : reader) {
          if (row.provenance().synthetic()) {
            continue;
          }
          DatasetRow signed = published.signed(row);
          out.output(KV.of(shards.of(file.getKey(), signed), signed));
        }
      }
    } catch (GraftException e) {
      throw Outcome.failed(context, e);
    }
  }

  /** Real rows of each file: from its footer where there can be no others. */
  static final class CountFn extends DoFn<KV<String, String>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;

    private final StageContext context;

    CountFn(StageContext context) {
      this.context = context;
    }

    @ProcessElement
    public void process(@Element KV<String, String> file, OutputReceiver<KV<String, Long>> out) {
      try (DatasetFileReader reader = DatasetFileReader.open(file.getValue(), Projection.of())) {
        out.output(KV.of(file.getKey(), realRows(reader)));
      } catch (GraftException e) {
        throw Outcome.failed(context, e);
      }
    }

    private long realRows(DatasetFileReader reader) {
      if (!context.spec().source().allowSynthetic()) {
        return reader.rowCount();
      }
      long real = 0;
      for (DatasetRow row : reader) {
        real += row.provenance().synthetic() ? 0 : 1;
      }
      return real;
    }
  }
}
