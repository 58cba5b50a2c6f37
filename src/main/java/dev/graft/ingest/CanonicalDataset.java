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
import dev.graft.data.parquet.Projection;
import dev.graft.modality.BadRecord;
import dev.graft.modality.Modalities;
import dev.graft.modality.Modality;
import dev.graft.modality.PayloadCodec;
import dev.graft.modality.StoredPayload;
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
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The committed output of INGEST. Parts that were loaded are shared by all threads of the JVM for
 * as long as memory allows.
 */
public final class CanonicalDataset {
  private static final int THREADS = 2;

  /** The longest array that every JVM can make. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private static final ConcurrentHashMap<String, SoftReference<Loaded>> LOADED =
      new ConcurrentHashMap<>();

  private record Loaded(LabelledRows rows, boolean[] synthetic) {}

  /** A row without its values: it is row {@code row} of file {@code file}. */
  private record FileRow(SampleId id, int file, int row, int label, boolean synthetic) {}

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

  /**
   * Refuses a part that is larger than one array.
   *
   * @throws GraftException (exit 3)
   */
  static void checkSize(Part part, long rows, int rowSize) {
    if (rows > MOST_BYTES / rowSize) {
      throw GraftException.input(
          "%s has %,d rows of %,d values, %,d bytes in all; a part is held in memory as one array"
              + " of at most %,d bytes, %,d such rows: give fewer rows, other shares in split, or"
              + " smaller rows (for images: image.size)",
          part.key(), rows, rowSize, rows * rowSize, MOST_BYTES, MOST_BYTES / rowSize);
    }
  }

  /** Reads ids and labels first, so that each row is then decoded to where it belongs. */
  private Loaded read(Part part) {
    List<String> files = files(part);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<List<FileRow>> perFile =
          inOrder(threads, files.size(), file -> keys(files.get(file), file));
      List<FileRow> rows = new ArrayList<>(perFile.stream().flatMap(List::stream).toList());
      int rowSize = schema.rowSize();
      checkSize(part, rows.size(), rowSize);
      rows.sort(Comparator.comparing(FileRow::id));
      byte[] values = new byte[rows.size() * rowSize];
      int[] labels = new int[rows.size()];
      boolean[] synthetic = new boolean[rows.size()];
      int[][] places = perFile.stream().map(keys -> new int[keys.size()]).toArray(int[][]::new);
      for (int place = 0; place < rows.size(); place++) {
        FileRow row = rows.get(place);
        labels[place] = row.label;
        synthetic[place] = row.synthetic;
        places[row.file][row.row] = place;
      }
      inOrder(
          threads,
          files.size(),
          file -> {
            decode(files.get(file), places[file], values);
            return file;
          });
      List<SampleId> ids = rows.stream().map(FileRow::id).toList();
      return new Loaded(new LabelledRows(rowSize, values, labels, ids), synthetic);
    } finally {
      threads.shutdownNow();
    }
  }

  /** The results for 0 to {@code count} - 1, worked out side by side. */
  private <T> List<T> inOrder(ExecutorService threads, int count, IntFunction<T> work) {
    List<Future<T>> pending = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      pending.add(threads.submit(() -> work.apply(number)));
    }
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> future : pending) {
        results.add(future.get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException expected) {
        throw expected;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading " + output.directory(), e);
    }
    return results;
  }

  private static List<FileRow> keys(String location, int file) {
    List<FileRow> keys = new ArrayList<>();
    try (DatasetFileReader reader =
        DatasetFileReader.open(location, Projection.of(ShardWriter.LABEL))) {
      for (DatasetRow row : reader) {
        keys.add(
            new FileRow(
                SampleId.ofHex(row.provenance().sampleId()),
                file,
                keys.size(),
                ((Long) row.values()[0]).intValue(),
                row.provenance().synthetic()));
      }
    }
    return keys;
  }

  /** Decodes the rows of a file to their places in {@code values}. */
  private void decode(String location, int[] places, byte[] values) {
    Modality modality = Modalities.get(schema.modality());
    PayloadCodec codec = modality.codec(schema);
    Projection payload = Projection.of(modality.payloadColumn().name()).withoutProvenance();
    try (DatasetFileReader reader = DatasetFileReader.open(location, payload)) {
      int row = 0;
      for (DatasetRow stored : reader) {
        byte[] bytes = StoredPayload.toBytes(stored.values()[0]);
        codec.decode(bytes, values, places[row++] * schema.rowSize());
      }
    } catch (BadRecord e) {
      throw new GraftException(
          ExitCode.INPUT,
          location + " is damaged: " + e.getMessage() + "; delete the stage's folder and run again",
          e);
    }
  }
}
