package dev.graft.ingest;

import dev.graft.data.Counters;
import dev.graft.data.DatasetSchema;
import dev.graft.data.SampleId;
import dev.graft.modality.BadRecord;
import dev.graft.modality.RecordDecoder;
import dev.graft.spec.SourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Decodes the records of one range and packs them into batches. */
final class RangeReader implements RecordSink {
  /** How an official test set's files are told from the source's own. */
  static final String OFFICIAL = "test:";

  private final SourceSpec source;
  private final String groupColumn;
  private final PlannedRange range;
  private final RecordDecoder decoder;
  private final ClassIndex classes;
  private final Consumer<RowBatch> rows;
  private final Consumer<Reject> rejects;
  private final int rowSize;
  private final int capacity;
  private long pendingBytes;
  private final List<SourceRecord> pending = new ArrayList<>();
  private final List<byte[]> pendingValues = new ArrayList<>();

  RangeReader(
      SourceSpec source,
      String groupColumn,
      PlannedRange range,
      DatasetSchema schema,
      RecordDecoder decoder,
      Consumer<RowBatch> rows,
      Consumer<Reject> rejects) {
    this.source = source;
    this.groupColumn = groupColumn;
    this.range = range;
    this.decoder = decoder;
    this.classes = new ClassIndex(schema.classes(), schema.labels());
    this.rows = rows;
    this.rejects = rejects;
    this.rowSize = schema.rowSize();
    this.capacity = Math.max(1, Math.min(RowBatch.MAX_ROWS, RowBatch.MAX_BYTES / rowSize));
  }

  @Override
  public ClassIndex classes() {
    return classes;
  }

  @Override
  public String groupColumn() {
    return groupColumn;
  }

  @Override
  public long maxBytes() {
    return source.limits().maxBytes();
  }

  @Override
  public void accept(SourceRecord item) {
    try {
      if (item.synthetic() && (range.official() || !source.allowSynthetic())) {
        throw new BadRecord(
            "synthetic",
            range.official()
                ? "a model made it; a test set holds real rows only"
                : "a model made it; set source.synthetic: allow to leave such rows out without"
                    + " counting them as bad records: Graft learns from real rows only");
      }
      pendingValues.add(
          item.shape().isPresent()
              ? decoder.decodeRaw(item.content(), item.shape().get())
              : decoder.decode(item.content()));
      pending.add(item);
      pendingBytes += item.content().length;
    } catch (BadRecord e) {
      reject(item.file(), item.index(), e);
      return;
    }
    if (pending.size() == capacity) {
      flush();
    }
  }

  @Override
  public void reject(String file, long index, BadRecord reason) {
    Counters.named("rejected." + reason.reason()).inc();
    rejects.accept(new Reject(named(file), index, reason.reason(), reason.getMessage()));
  }

  /** Hands on what is left. */
  void flush() {
    int size = pending.size();
    if (size == 0) {
      return;
    }
    SampleId[] ids = new SampleId[size];
    int[] labels = new int[size];
    String[] groups = new String[size];
    boolean[] synthetic = new boolean[size];
    byte[] values = new byte[size * rowSize];
    for (int row = 0; row < size; row++) {
      SourceRecord item = pending.get(row);
      ids[row] = SampleId.real(named(item.file()), item.index());
      labels[row] = item.label();
      groups[row] = item.group();
      synthetic[row] = item.synthetic();
      System.arraycopy(pendingValues.get(row), 0, values, row * rowSize, rowSize);
    }
    Counters.named("read").inc(size);
    Counters.named("bytes-read").inc(pendingBytes);
    pendingBytes = 0;
    pending.clear();
    pendingValues.clear();
    rows.accept(
        new RowBatch(
            range.official(), range.sourceRows(), ids, labels, groups, synthetic, rowSize, values));
  }

  private String named(String file) {
    return range.official() ? OFFICIAL + file : file;
  }
}
