package dev.graft.publish;

import dev.graft.data.GraftException;
import dev.graft.data.SampleId;
import dev.graft.data.io.Storage;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.modality.PublishedPayload;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;

/** Reads one candidate file once and sends the claimed rows to their shards. */
final class MoveCandidates
    extends DoFn<KV<String, Iterable<KV<String, byte[]>>>, KV<ShardKey, DatasetRow>> {
  private static final long serialVersionUID = 1L;

  private final StageContext context;
  private final PCollectionView<Map<String, Long>> rowCounts;

  MoveCandidates(StageContext context, PCollectionView<Map<String, Long>> rowCounts) {
    this.context = context;
    this.rowCounts = rowCounts;
  }

  @ProcessElement
  public void process(
      @Element KV<String, Iterable<KV<String, byte[]>>> claims,
      OutputReceiver<KV<ShardKey, DatasetRow>> out,
      ProcessContext process) {
    ShardCounts shards =
        new ShardCounts(process.sideInput(rowCounts), context.spec().publish().rowsPerShard());
    try {
      move(claims.getKey(), reasons(claims.getValue()), shards, out);
    } catch (GraftException e) {
      throw Outcome.failed(context, e);
    }
  }

  private static Map<SampleId, String> reasons(Iterable<KV<String, byte[]>> claims) {
    Map<SampleId, String> reasons = new HashMap<>();
    for (KV<String, byte[]> claim : claims) {
      ByteBuffer ids = ByteBuffer.wrap(claim.getValue());
      while (ids.hasRemaining()) {
        reasons.put(new SampleId(ids.getLong(), ids.getLong()), claim.getKey());
      }
    }
    return reasons;
  }

  private void move(
      String file,
      Map<SampleId, String> reasons,
      ShardCounts shards,
      OutputReceiver<KV<ShardKey, DatasetRow>> out) {
    String location = Storage.resolve(context.workDirectory(), file);
    StageInputs inputs = new StageInputs(context);
    PublishedRows published = inputs.publishedRows();
    PublishedPayload payload = published.payload();
    try (DatasetFileReader reader = DatasetFileReader.open(location, inputs.candidates())) {
      for (DatasetRow row : reader) {
        String reason = reasons.remove(SampleId.ofHex(row.provenance().sampleId()));
        if (reason != null) {
          DatasetRow signed = published.signed(row);
          if (reason.equals(ReadDecisions.ACCEPTED)) {
            Optional<String> flaw = payload.flaw(row.values()[0]);
            if (flaw.isPresent()) {
              throw GraftException.input(
                  "row %s of %s was selected and %s; tighten the rules under select",
                  row.provenance().sampleId(), location, flaw.get());
            }
            out.output(KV.of(shards.of(PlanPublication.SYNTHETIC, signed), signed));
          } else {
            DatasetRow refused = refused(signed, payload.columns().size(), reason);
            out.output(KV.of(new ShardKey(PlanPublication.REJECTED, 0, 1), refused));
          }
        }
      }
    }
    if (!reasons.isEmpty()) {
      throw GraftException.input(
          "%s lacks %d of the rows that were selected from it, such as %s; run `graft augment` again",
          location, reasons.size(), reasons.keySet().stream().sorted().findFirst().get());
    }
  }

  /**
   * A refused row with its reason. One that is too close to a real row must not leave where real
   * rows do not, so there the payload is left out.
   *
   * @param payload columns that hold it
   */
  private DatasetRow refused(DatasetRow row, int payload, String reason) {
    Object[] values = Arrays.copyOf(row.values(), row.values().length + 1);
    values[values.length - 1] = reason;
    if (!context.spec().publish().includeReal()) {
      Arrays.fill(values, 0, payload, null);
    }
    return new DatasetRow(values, row.provenance());
  }
}
