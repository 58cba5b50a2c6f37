package dev.graft.generate;

import dev.graft.data.Condition;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.SampleBatch;
import dev.graft.data.SampleId;
import dev.graft.data.io.Storage;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetFileWriter;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.DatasetRow.Provenance;
import dev.graft.data.parquet.Projection;
import dev.graft.data.parquet.WriteProfile;
import dev.graft.modality.Modality;
import dev.graft.modality.SignatureScheme;
import dev.graft.modality.StoredPayload;
import dev.graft.model.ServiceUse;
import dev.graft.score.BatchScoring;
import dev.graft.score.BatchScoring.SoftlyLabelled;
import dev.graft.score.SoftLabels;
import dev.graft.select.JudgedRows;
import dev.graft.stage.CallLimit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The candidate files of a run: one Parquet file per range with payload, label, provenance, scores,
 * signature and, where asked for, soft labels, under a folder that is named by their content. A
 * file that is there is whole and right.
 */
final class CandidateFiles {
  /** The column that holds {@link SignatureScheme#signature}. */
  static final String SIGNATURE = "signature";

  static final String LABEL = "label";
  private static final Logger LOG = LoggerFactory.getLogger(CandidateFiles.class);

  private final String workDirectory;
  private final String folder;
  private final AugmentInputs.Facts facts;
  private final long seed;
  private final List<String> scorers;
  private final boolean softLabels;
  private final SignatureScheme signatures;
  private final String extension;
  private final List<Column> columns;

  CandidateFiles(
      String workDirectory,
      String candidateKey,
      AugmentInputs.Facts facts,
      long seed,
      Modality modality,
      List<String> scorers,
      boolean softLabels) {
    this.workDirectory = workDirectory;
    this.folder = "candidates/" + candidateKey;
    this.facts = facts;
    this.seed = seed;
    this.scorers = scorers;
    this.softLabels = softLabels;
    DatasetSchema schema = facts.schema();
    this.signatures = modality.signatures(schema);
    this.extension = modality.codec(schema).extension();
    List<Column> all = new ArrayList<>();
    all.add(modality.payloadColumn());
    all.add(new Column.ClassLabel(LABEL, schema.classes()));
    all.add(new Column.Value(SIGNATURE, Column.Value.Type.BINARY));
    if (softLabels) {
      all.add(SoftLabels.COLUMN);
    }
    this.columns = List.copyOf(all);
  }

  /** The range that judged rows are of. */
  static CandidateRange range(JudgedRows rows) {
    return new CandidateRange(
        Condition.ofLabel(rows.label()), rows.round(), rows.firstIndex(), rows.count());
  }

  SignatureScheme signatures() {
    return signatures;
  }

  /** Payload, label, signature and, where asked for, soft labels. */
  List<Column> columns() {
    return columns;
  }

  /** A range's file, relative to the work directory. */
  String relative(CandidateRange range) {
    return folder + "/" + range.key() + ".parquet";
  }

  /** A range's file. */
  String location(CandidateRange range) {
    return Storage.resolve(workDirectory, relative(range));
  }

  /** What selection needs of a range whose file is there, without its payloads. */
  Optional<CandidateRows> read(CandidateRange range) {
    String location = location(range);
    if (!Storage.exists(location)) {
      return Optional.empty();
    }
    try (DatasetFileReader reader = DatasetFileReader.open(location, Projection.of(SIGNATURE))) {
      if (reader.rowCount() != range.count()) {
        LOG.warn("{} has {} rows, not {}; made again", location, reader.rowCount(), range.count());
        return Optional.empty();
      }
      int[] nothing =
          AnswerLog.read(reader.footer())
              .map(log -> log.nothing().keySet().stream().mapToInt(offset -> offset).toArray())
              .orElseGet(() -> new int[0]);
      CandidateRows rows = empty(range, nothing);
      int at = 0;
      for (DatasetRow row : reader) {
        put(rows, at, SampleId.ofHex(row.provenance().sampleId()));
        for (int i = 0; i < scorers.size(); i++) {
          Double score = row.provenance().scores().get(scorers.get(i));
          rows.scores()[i][at] = score == null ? Float.NaN : score.floatValue();
        }
        byte[] signature = (byte[]) row.values()[0];
        System.arraycopy(
            signature, 0, rows.signatures(), at * signatures.length(), signatures.length());
        at++;
      }
      return Optional.of(rows);
    } catch (GraftException e) {
      LOG.warn("{}; made again", e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Draws, scores and writes a range.
   *
   * @param limit of each draw, and of the scoring of what was drawn
   * @param log learns what came of the draws
   */
  CandidateRows make(
      CandidateRange range,
      SampleDrawer drawer,
      BatchScoring scoring,
      CallLimit limit,
      AnswerLog log) {
    CandidateRows rows = empty(range, new int[0]);
    try (DatasetFileWriter writer =
        DatasetFileWriter.open(location(range), columns, Map.of(), WriteProfile.INTERNAL)) {
      for (int offset = 0; offset < range.count(); offset += drawer.batchRows()) {
        int from = offset;
        Supplier<String> batch =
            () -> batch(range, from, Math.min(range.count(), from + drawer.batchRows()));
        SampleBatch drawn =
            limit.within(
                () -> "generator " + facts.generatorName() + ", asked for " + batch.get(),
                () -> drawer.draw(range, from, log));
        SoftlyLabelled scored =
            limit.within(
                () -> "scoring (" + String.join(", ", scorers) + ") of " + batch.get(),
                () ->
                    softLabels
                        ? scoring.label(drawn)
                        : new SoftlyLabelled(scoring.score(drawn), new float[0]));
        write(scored, rows, from, log, writer);
      }
      writer.note(log.footer());
      writer.commit();
    }
    return new CandidateRows(range, rows.ids(), rows.scores(), rows.signatures(), log.offsets());
  }

  private String batch(CandidateRange range, int from, int to) {
    long first = range.firstIndex();
    return String.format(
        Locale.ROOT,
        "candidates %d to %d of class %s,",
        first + from,
        first + to - 1,
        range.condition().label() < 0
            ? "none"
            : facts.schema().classes().get(range.condition().label()));
  }

  private void write(
      SoftlyLabelled labelled,
      CandidateRows rows,
      int offset,
      AnswerLog log,
      DatasetFileWriter writer) {
    SampleBatch batch = labelled.batch();
    Long label = batch.condition().label() < 0 ? null : (long) batch.condition().label();
    float[][] scores = new float[scorers.size()][];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = batch.scores().get(scorers.get(i));
      System.arraycopy(scores[i], 0, rows.scores()[i], offset, batch.size());
    }
    for (int row = 0; row < batch.size(); row++) {
      SampleId id = batch.id(row);
      put(rows, offset + row, id);
      byte[] signature = signatures.signature(batch.values(), row * batch.rowSize());
      System.arraycopy(
          signature, 0, rows.signatures(), (offset + row) * signature.length, signature.length);
      Map<String, Double> named = new HashMap<>();
      for (int i = 0; i < scores.length && !log.isNothing(offset + row); i++) {
        named.put(scorers.get(i), stored(scores[i][row]));
      }
      String hex = id.hex();
      Object[] values = new Object[columns.size()];
      values[0] = StoredPayload.toColumn(columns.get(0), batch.payload(row), hex + "." + extension);
      values[1] = label;
      values[2] = signature;
      if (softLabels && !log.isNothing(offset + row)) {
        values[3] = SoftLabels.stored(labelled.labels(), row, facts.schema().classes().size());
      }
      writer.write(
          new DatasetRow(
              values,
              new Provenance(
                  hex,
                  true,
                  facts.generatorName(),
                  facts.generatorDigest(),
                  seed,
                  batch.condition(row).key(),
                  batch.sources(row).stream().map(SampleId::hex).toList(),
                  null,
                  named)));
    }
  }

  private static double stored(float score) {
    return dev.graft.score.ScoreScale.round(score);
  }

  /** What the draws of a range have taken of a service, if one was asked. */
  Optional<ServiceUse> use(String relative) {
    String location = Storage.resolve(workDirectory, relative);
    try (DatasetFileReader reader = DatasetFileReader.open(location, Projection.of(SIGNATURE))) {
      return AnswerLog.read(reader.footer()).map(AnswerLog.Content::use);
    }
  }

  private CandidateRows empty(CandidateRange range, int[] nothing) {
    return new CandidateRows(
        range,
        new long[2 * range.count()],
        new float[scorers.size()][range.count()],
        new byte[range.count() * signatures.length()],
        nothing);
  }

  private static void put(CandidateRows rows, int row, SampleId id) {
    rows.ids()[2 * row] = id.high();
    rows.ids()[2 * row + 1] = id.low();
  }
}
