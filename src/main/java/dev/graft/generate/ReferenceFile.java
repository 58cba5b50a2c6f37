package dev.graft.generate;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.SampleId;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.model.Classifier.Prediction;
import dev.graft.model.LimitedClassifier;
import dev.graft.score.ReferenceSubset;
import dev.graft.score.ScoringContext;
import dev.graft.stage.StageContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.beam.sdk.util.VarInt;

/**
 * The real references of the scorers, already seen by the judge, as one content-addressed file:
 * made once, read once by every JVM, whatever the size of the training set.
 *
 * @param workDirectory root of the stage folders
 * @param ingestFingerprint the real data
 * @param judgeDigest the judge
 * @param seed of the subsets
 */
record ReferenceFile(
    String workDirectory, String ingestFingerprint, String judgeDigest, long seed) {
  private static final int VERSION = 1;

  /** Content address. */
  String key() {
    return Json.digest(
            List.of(
                VERSION,
                ingestFingerprint,
                judgeDigest,
                seed,
                ReferenceSubset.OF_TRAIN,
                ReferenceSubset.OF_TUNE))
        .substring(0, 32);
  }

  String location() {
    return Storage.resolve(workDirectory, "references/" + key() + ".bin");
  }

  /** The references, from the file or, where there is none, made and written. */
  ScoringContext load(DatasetSchema schema, StageContext context, AugmentInputs inputs) {
    if (Storage.exists(location())) {
      return read(schema);
    }
    ScoringContext made =
        ScoringContext.of(
            schema,
            new LimitedClassifier(inputs.judge(context), context.callLimit(), "the judge"),
            inputs.rows(context, Part.TRAIN),
            inputs.rows(context, Part.TUNE),
            seed);
    write(made);
    return made;
  }

  private void write(ScoringContext context) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(context.reference(), context.referenceJudged(), out);
      write(context.tune(), context.tuneJudged(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Storage.write(location(), out.toByteArray());
  }

  private ScoringContext read(DatasetSchema schema) {
    try (InputStream in = new ByteArrayInputStream(Storage.read(location()))) {
      LabelledRows reference = readRows(in);
      Prediction referenceJudged = readPrediction(in);
      LabelledRows tune = readRows(in);
      return new ScoringContext(schema, reference, referenceJudged, tune, readPrediction(in));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + location() + "; remove it", e);
    }
  }

  private static void write(LabelledRows rows, Prediction judged, OutputStream out)
      throws IOException {
    long[] ids = new long[2 * rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      ids[2 * row] = rows.ids().get(row).high();
      ids[2 * row + 1] = rows.ids().get(row).low();
    }
    VarInt.encode(rows.rowSize(), out);
    PackedColumns.write(rows.values(), out);
    PackedColumns.write(rows.labels(), out);
    PackedColumns.write(ids, out);
    VarInt.encode(judged.classes(), out);
    VarInt.encode(judged.featureSize(), out);
    PackedColumns.write(new float[][] {judged.probabilities(), judged.features()}, out);
  }

  private static LabelledRows readRows(InputStream in) throws IOException {
    int rowSize = VarInt.decodeInt(in);
    byte[] values = PackedColumns.readBytes(in);
    int[] labels = PackedColumns.readInts(in);
    long[] words = PackedColumns.readLongs(in);
    SampleId[] ids = new SampleId[labels.length];
    for (int row = 0; row < ids.length; row++) {
      ids[row] = new SampleId(words[2 * row], words[2 * row + 1]);
    }
    return new LabelledRows(rowSize, values, labels, List.of(ids));
  }

  private static Prediction readPrediction(InputStream in) throws IOException {
    int classes = VarInt.decodeInt(in);
    int features = VarInt.decodeInt(in);
    float[][] columns = PackedColumns.readFloats(in);
    return new Prediction(columns[0].length / classes, classes, features, columns[0], columns[1]);
  }
}
