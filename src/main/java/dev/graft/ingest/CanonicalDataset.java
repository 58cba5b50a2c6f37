package dev.graft.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.DatasetSchema;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.SampleId;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.MediaValue;
import dev.graft.data.parquet.Projection;
import dev.graft.modality.BadRecord;
import dev.graft.modality.Modalities;
import dev.graft.modality.Modality;
import dev.graft.modality.PayloadCodec;
import dev.graft.stage.StageOutput;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * The committed output of INGEST. Parts that were loaded are shared by all threads of the JVM for
 * as long as memory allows.
 */
public final class CanonicalDataset {
  private static final int THREADS = 2;
  private static final ConcurrentHashMap<String, SoftReference<Loaded>> LOADED =
      new ConcurrentHashMap<>();

  private record Loaded(LabelledRows rows, boolean[] synthetic) {}

  private record RowOfFile(SampleId id, int label, boolean synthetic, byte[] values) {}

  private final StageOutput output;
  private final DatasetSchema schema;

  private CanonicalDataset(StageOutput output) {
    this.output = output;
    this.schema =
        Json.read(Storage.read(output.file(IngestSummary.SCHEMA_FILE)), DatasetSchema.class);
  }

  /** Opens what {@code context.input(StageName.INGEST)} gives. */
  public static CanonicalDataset of(StageOutput ingest) {
    return new CanonicalDataset(ingest);
  }

  public DatasetSchema schema() {
    return schema;
  }

  /** Rows, means and deviations per part and class. */
  public DatasetStatistics statistics() {
    return Json.read(
        Storage.read(output.file(IngestSummary.STATISTICS_FILE)), DatasetStatistics.class);
  }

  /** Absolute locations of a part's files, in order; the columns are payload and {@code label}. */
  public List<String> files(Part part) {
    List<String> files = new ArrayList<>();
    for (JsonNode file : output.summary().path("files").path(part.key())) {
      files.add(output.file(file.path("name").asText()));
    }
    return files;
  }

  /** Rows of a part. */
  public long rows(Part part) {
    return output.summary().path("rows").path(part.key()).asLong();
  }

  /**
   * A whole part in memory, in ascending id order.
   *
   * @throws GraftException (exit 3) when a file cannot be read
   */
  public LabelledRows load(Part part) {
    return loaded(part).rows;
  }

  /** As {@link #load}, without rows that the source itself declared synthetic. */
  public LabelledRows loadReal(Part part) {
    Loaded all = loaded(part);
    int[] real =
        IntStream.range(0, all.synthetic.length).filter(row -> !all.synthetic[row]).toArray();
    return real.length == all.synthetic.length ? all.rows : all.rows.select(real);
  }

  private Loaded loaded(Part part) {
    String key = output.directory() + " " + output.fingerprint() + " " + part.key();
    synchronized (LOADED) {
      SoftReference<Loaded> reference = LOADED.get(key);
      Loaded loaded = reference == null ? null : reference.get();
      if (loaded == null) {
        loaded = read(part);
        LOADED.values().removeIf(old -> old.get() == null);
        LOADED.put(key, new SoftReference<>(loaded));
      }
      return loaded;
    }
  }

  private Loaded read(Part part) {
    List<RowOfFile> rows = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<List<RowOfFile>>> pending = new ArrayList<>();
      for (String file : files(part)) {
        pending.add(threads.submit(() -> readFile(file)));
      }
      for (Future<List<RowOfFile>> file : pending) {
        rows.addAll(file.get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException expected) {
        throw expected;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading " + output.directory(), e);
    } finally {
      threads.shutdownNow();
    }
    rows.sort(Comparator.comparing(RowOfFile::id));
    int rowSize = schema.rowSize();
    byte[] values = new byte[Math.multiplyExact(rows.size(), rowSize)];
    int[] labels = new int[rows.size()];
    boolean[] synthetic = new boolean[rows.size()];
    List<SampleId> ids = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      RowOfFile row = rows.get(i);
      System.arraycopy(row.values, 0, values, i * rowSize, rowSize);
      labels[i] = row.label;
      synthetic[i] = row.synthetic;
      ids.add(row.id);
    }
    return new Loaded(new LabelledRows(rowSize, values, labels, ids), synthetic);
  }

  private List<RowOfFile> readFile(String file) {
    Modality modality = Modalities.get(schema.modality());
    PayloadCodec codec = modality.codec(schema);
    List<RowOfFile> rows = new ArrayList<>();
    try (DatasetFileReader reader =
        DatasetFileReader.open(
            file, Projection.of(modality.payloadColumn().name(), ShardWriter.LABEL))) {
      for (DatasetRow row : reader) {
        Object stored = row.values()[0];
        byte[] values = new byte[schema.rowSize()];
        codec.decode(
            stored instanceof MediaValue media ? media.bytes() : (byte[]) stored, values, 0);
        rows.add(
            new RowOfFile(
                SampleId.ofHex(row.provenance().sampleId()),
                ((Long) row.values()[1]).intValue(),
                row.provenance().synthetic(),
                values));
      }
    } catch (BadRecord e) {
      throw new GraftException(
          ExitCode.INPUT,
          file + " is damaged: " + e.getMessage() + "; delete the stage's folder and run again",
          e);
    }
    return rows;
  }
}
