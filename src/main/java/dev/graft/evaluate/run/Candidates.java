package dev.graft.evaluate.run;

import dev.graft.data.DatasetSchema;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.data.io.Storage;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.Projection;
import dev.graft.modality.BadRecord;
import dev.graft.modality.Modalities;
import dev.graft.modality.Modality;
import dev.graft.modality.PayloadCodec;
import dev.graft.modality.StoredPayload;
import dev.graft.score.SoftLabels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Candidates with their values and scores: all accepted ones, and a seeded subset of all.
 *
 * @param table the decisions
 * @param sample rows of the subset, in its order
 * @param accepted all accepted rows, in id order, with their soft labels where they have some
 * @param scores per scorer a column over the table; NaN where a candidate has no such score
 */
record Candidates(
    CandidateTable table, LabelledRows sample, LabelledRows accepted, Map<String, float[]> scores) {
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  /**
   * Reads every candidate file once, files in parallel.
   *
   * @param sample positions in the table of the subset, ascending
   * @param softLabels whether the files hold them
   */
  static Candidates read(
      CandidateTable table,
      int[] sample,
      DatasetSchema schema,
      String workDirectory,
      boolean softLabels) {
    int[] accepted = table.acceptedPositions();
    Reading sampled = new Reading(sample, schema.rowSize(), 0);
    Reading kept =
        new Reading(accepted, schema.rowSize(), softLabels ? schema.classes().size() : 0);
    Map<String, float[]> scores = Collections.synchronizedMap(new TreeMap<>());
    Modality modality = Modalities.get(schema.modality());
    PayloadCodec codec = modality.codec(schema);
    String payload = modality.payloadColumn().name();
    Projection columns =
        softLabels ? Projection.of(payload, SoftLabels.COLUMN.name()) : Projection.of(payload);
    table.files().parallelStream()
        .forEach(
            file -> {
              String location = Storage.resolve(workDirectory, file);
              try (DatasetFileReader reader = DatasetFileReader.open(location, columns)) {
                for (DatasetRow row : reader) {
                  boolean nothing =
                      softLabels
                          ? row.values()[1] == null
                          : row.provenance().scores().isEmpty()
                              && StoredPayload.toBytes(row.values()[0]).length == 0;
                  if (nothing) {
                    continue; // The generator had no sample.
                  }
                  int position = position(table, row, location);
                  sampled.take(position, row, codec);
                  kept.take(position, row, codec);
                  row.provenance()
                      .scores()
                      .forEach(
                          (name, score) ->
                              column(scores, name, table.size())[position] = score.floatValue());
                }
              } catch (BadRecord e) {
                throw new GraftException(
                    ExitCode.INPUT,
                    location + " is damaged: " + e.getMessage() + "; delete it and run again",
                    e);
              }
            });
    return new Candidates(
        table, sampled.rows(table, sample), kept.rows(table, accepted), new TreeMap<>(scores));
  }

  private static float[] column(Map<String, float[]> scores, String name, int size) {
    return scores.computeIfAbsent(
        name,
        key -> {
          float[] column = new float[size];
          Arrays.fill(column, Float.NaN);
          return column;
        });
  }

  private static int position(CandidateTable table, DatasetRow row, String location) {
    SampleId id = SampleId.ofHex(row.provenance().sampleId());
    int position = Collections.binarySearch(table.ids(), id);
    if (position < 0) {
      throw GraftException.input(
          "%s has candidate %s, on which selection has not decided; delete augment's folder and run"
              + " again",
          location, id);
    }
    return position;
  }

  /**
   * Refuses more rows than one array holds.
   *
   * @throws GraftException (exit 3)
   */
  static void checkSize(int rows, int rowSize) {
    if (rows > MOST_BYTES / rowSize) {
      throw GraftException.input(
          "%,d candidates of %,d values are to be evaluated, which are held in memory as one array of"
              + " at most %,d bytes, %,d such rows: accept fewer (augment) or smaller rows (for"
              + " images: image.size)",
          rows, rowSize, MOST_BYTES, MOST_BYTES / rowSize);
    }
  }

  /** Values of some positions as they come in; threads write to rows of their own. */
  private static final class Reading {
    private final int[] positions;
    private final int rowSize;
    private final byte[] values;
    private final int classes;
    private final float[] targets;

    /**
     * @param classes of soft labels; 0 for none
     */
    Reading(int[] positions, int rowSize, int classes) {
      this.positions = positions;
      this.rowSize = rowSize;
      this.classes = classes;
      checkSize(positions.length, Math.max(rowSize, classes));
      this.values = new byte[positions.length * rowSize];
      this.targets = classes == 0 ? null : new float[positions.length * classes];
    }

    void take(int position, DatasetRow row, PayloadCodec codec) throws BadRecord {
      int at = Arrays.binarySearch(positions, position);
      if (at >= 0) {
        codec.decode(StoredPayload.toBytes(row.values()[0]), values, at * rowSize);
        if (targets != null) {
          SoftLabels.read((List<?>) row.values()[1], targets, at * classes);
        }
      }
    }

    LabelledRows rows(CandidateTable table, int[] order) {
      List<SampleId> ids = new ArrayList<>(order.length);
      for (int position : order) {
        ids.add(table.ids().get(position));
      }
      return new LabelledRows(rowSize, values, table.labelsAt(order), ids, targets);
    }
  }
}
