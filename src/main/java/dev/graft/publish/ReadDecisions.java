package dev.graft.publish;

import dev.graft.data.GraftException;
import dev.graft.data.SampleId;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.Projection;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Reads one file of AUGMENT's decisions. Gives, per candidate file, the packed ids of the rows that
 * were accepted; how many there are; and a bounded, order-free sample of those that were refused.
 */
final class ReadDecisions extends DoFn<String, KV<String, KV<String, byte[]>>> {
  private static final long serialVersionUID = 1L;

  /**
   * Packed ids to take, by candidate file and reason of refusal; empty reason for accepted ones.
   */
  static final TupleTag<KV<String, KV<String, byte[]>>> CLAIMS = new TupleTag<>("claims") {};

  /** Candidate file and id of refused rows, by reason. */
  static final TupleTag<KV<String, KV<String, byte[]>>> REFUSED = new TupleTag<>("refused") {};

  /** Rows by shard prefix. */
  static final TupleTag<KV<String, Long>> COUNTS = new TupleTag<>("counts") {};

  static final String ACCEPTED = "";
  static final int REFUSED_PER_REASON = 100;

  private final StageContext context;

  ReadDecisions(StageContext context) {
    this.context = context;
  }

  /** A refused row. */
  record Refused(SampleId id, String file) {
    /** Picks the same rows however the decisions are cut into files. */
    static final Comparator<Refused> ORDER =
        Comparator.<Refused>comparingLong(row -> ShardWriter.order(row.id()))
            .thenComparing(Refused::id);
  }

  @ProcessElement
  public void process(@Element String file, MultiOutputReceiver out) {
    try {
      read(file, out);
    } catch (GraftException e) {
      throw Outcome.failed(context, e);
    }
  }

  private static void read(String file, MultiOutputReceiver out) {
    Map<String, ByteArrayOutputStream> accepted = new TreeMap<>();
    Map<String, PriorityQueue<Refused>> refused = new TreeMap<>();
    Projection projection =
        Projection.of("sample_id", "accepted", "reason", "candidate_file").withoutProvenance();
    long count = 0;
    try (DatasetFileReader reader = DatasetFileReader.open(file, projection)) {
      for (DatasetRow row : reader) {
        SampleId id = SampleId.ofHex((String) row.values()[0]);
        String candidates = (String) row.values()[3];
        if (Boolean.TRUE.equals(row.values()[1])) {
          accepted
              .computeIfAbsent(candidates, key -> new ByteArrayOutputStream())
              .writeBytes(pack(id));
          count++;
        } else {
          String reason = String.valueOf(row.values()[2]);
          keepFirst(
              refused.computeIfAbsent(reason, key -> new PriorityQueue<>(Refused.ORDER.reversed())),
              new Refused(id, candidates));
        }
      }
    }
    accepted.forEach(
        (candidates, ids) ->
            out.get(CLAIMS).output(KV.of(candidates, KV.of(ACCEPTED, ids.toByteArray()))));
    refused.forEach(
        (reason, rows) ->
            rows.forEach(
                row -> out.get(REFUSED).output(KV.of(reason, KV.of(row.file(), pack(row.id()))))));
    out.get(COUNTS).output(KV.of(PlanPublication.SYNTHETIC, count));
  }

  /** Keeps the first {@link #REFUSED_PER_REASON} rows; the queue's head is the last of them. */
  static void keepFirst(PriorityQueue<Refused> kept, Refused row) {
    kept.add(row);
    if (kept.size() > REFUSED_PER_REASON) {
      kept.poll();
    }
  }

  static byte[] pack(SampleId id) {
    return ByteBuffer.allocate(16).putLong(id.high()).putLong(id.low()).array();
  }
}
