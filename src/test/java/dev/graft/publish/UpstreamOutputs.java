package dev.graft.publish;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.graft.data.SampleId;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileWriter;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.DatasetRow.Provenance;
import dev.graft.data.parquet.MediaValue;
import dev.graft.data.parquet.WriteProfile;
import dev.graft.score.SoftLabels;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.EvaluateSpec;
import dev.graft.spec.GateSpec;
import dev.graft.spec.ModelsSpec;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.PublishSpec;
import dev.graft.spec.SelectRule;
import dev.graft.spec.SourceSpec;
import dev.graft.spec.SplitSpec;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/**
 * Outputs of the four stages before PUBLISH: 300 real rows, and candidates of which every third is
 * refused. A different {@link #variant} has other rows and other fingerprints.
 */
final class UpstreamOutputs {

  private final Path root;
  String runDate = "2026-11-22";
  List<String> classes = List.of("cat", "dog", "emu");
  List<String> scorers = List.of("realism", "novelty");
  boolean includeReal = true;
  boolean overwrite = false;
  boolean allowSchemaChange = false;
  boolean gatePasses = true;
  List<String> parts = List.of("tune", "test");
  int rowsPerShard = 150;
  int variant = 0;
  String attempt = "first";
  int candidates = 600;
  int files = 7;
  int realTrain = 200;
  boolean syntheticInSource;
  boolean softLabels;

  UpstreamOutputs(Path root) {
    this.root = root;
  }

  PipelineSpec spec() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    ModelsSpec.ModelRef model = new ModelsSpec.Define("models/any.yaml", json.objectNode());
    return new PipelineSpec(
        "pets",
        "image",
        1,
        new SourceSpec(
            "idx",
            Map.of(),
            Map.of(),
            List.of(),
            syntheticInSource,
            0.001,
            SourceSpec.RecordLimits.DEFAULT),
        json.objectNode(),
        new SplitSpec(0.15, 0.15, ""),
        new ModelsSpec(model, model, model),
        new AugmentSpec(
            new AugmentSpec.SyntheticPerClass(10),
            Map.of(),
            1,
            2,
            1,
            false,
            null,
            null,
            Map.of(),
            0,
            softLabels),
        List.of(
            new SelectRule("realism", SelectRule.Kind.MIN, new SelectRule.TunePercentile(5), 7)),
        new EvaluateSpec(
            List.of(),
            100,
            new EvaluateSpec.Utility("models/any.yaml", json.objectNode(), List.of())),
        List.of(new GateSpec("coverage", 0.9, Double.NaN, "tune", "worst", 12)),
        new PublishSpec(
            root.toString(), includeReal, parts, rowsPerShard, "apache-2.0", allowSchemaChange));
  }

  StageContext context() {
    PublishStage stage = new PublishStage();
    Map<StageName, String> fingerprints = new EnumMap<>(StageName.class);
    for (StageName name : StageName.values()) {
      Object part =
          name == StageName.PUBLISH
              ? stage.fingerprintPart(spec(), runDate)
              : List.of(runDate, classes, scorers);
      fingerprints.put(name, Json.digest(List.of(name.key(), variant, part)));
    }
    return new StageContext(
        spec(),
        runDate,
        Storage.resolve(root.toString(), ".graft"),
        root.resolve("store").toString(),
        StageName.PUBLISH,
        attempt,
        fingerprints,
        overwrite);
  }

  /** Writes the outputs and gives the context to publish them with. */
  StageContext write() {
    StageContext context = context();
    ingest(context);
    text(
        context,
        StageName.TRAIN,
        "models.json",
        Json.pretty(
            Map.of(
                "generator", Map.of("name", "pets-vae", "digest", "a".repeat(64)),
                "judge", Map.of("name", "pets-judge", "digest", "b".repeat(64)),
                "examiner", Map.of("name", "pets-examiner", "digest", "c".repeat(64)))));
    augment(context);
    Map<String, Object> gate = new TreeMap<>();
    gate.put("metric", "coverage");
    gate.put("of", "dog");
    gate.put("value", gatePasses ? 0.95 : 0.5);
    gate.put("passed", gatePasses);
    gate.put(
        "message",
        "coverage (dog) is "
            + (gatePasses ? "0.95, at least" : "0.5, below the least allowed")
            + " 0.9");
    text(
        context,
        StageName.EVALUATE,
        "metrics.json",
        Json.pretty(Map.of("gates", List.of(gate), "coverage", 0.95)));
    text(context, StageName.EVALUATE, "report.html", "<!doctype html><title>pets</title>");
    for (StageName stage : StageName.values()) {
      if (stage != StageName.PUBLISH) {
        commit(context, stage);
      }
    }
    return context;
  }

  private void ingest(StageContext context) {
    text(
        context,
        StageName.INGEST,
        "schema.json",
        Json.pretty(Map.of("modality", "image", "shape", List.of(1, 8, 8), "classes", classes)));
    real(context, "train", 0, realTrain);
    real(context, "tune", realTrain, realTrain + 50);
    real(context, "test", realTrain + 50, realTrain + 100);
  }

  private void real(StageContext context, String part, int from, int to) {
    for (int shard = 0; shard < 2; shard++) {
      String file = String.format("shards/%s-%05d-of-00002.parquet", part, shard);
      try (DatasetFileWriter writer =
          DatasetFileWriter.open(
              location(context, StageName.INGEST, file),
              columns(),
              Map.of(),
              WriteProfile.INTERNAL)) {
        for (int i = from + shard; i < to; i += 2) {
          SampleId id = SampleId.real("train-images", i);
          writer.write(
              new DatasetRow(
                  new Object[] {new MediaValue(png(i), id + ".png"), (long) (i % classes.size())},
                  syntheticInSource && i % 4 == 0
                      ? new Provenance(
                          id.hex(), true, null, null, null, null, List.of(), null, Map.of())
                      : Provenance.real(id.hex())));
        }
        writer.commit();
      }
    }
  }

  private void augment(StageContext context) {
    List<Column> candidateColumns = new ArrayList<>(columns());
    candidateColumns.add(new Column.Value("signature", Column.Value.Type.BINARY));
    if (softLabels) {
      candidateColumns.add(SoftLabels.COLUMN);
    }
    List<Column> selectionColumns =
        List.of(
            new Column.Value("sample_id", Column.Value.Type.STRING),
            new Column.Value("label", Column.Value.Type.INT64),
            new Column.Value("round", Column.Value.Type.INT64),
            new Column.Value("accepted", Column.Value.Type.BOOLEAN),
            new Column.Value("reason", Column.Value.Type.STRING),
            new Column.Value("candidate_file", Column.Value.Type.STRING));
    List<List<DatasetRow>> selection = List.of(new ArrayList<>(), new ArrayList<>());
    List<String> locations = new ArrayList<>();
    for (int file = 0; file < files; file++) {
      String location =
          Storage.resolve(
              context.workDirectory(),
              String.format("candidates/v%d-%s/%05d.parquet", variant, runDate, file));
      locations.add(location);
      try (DatasetFileWriter writer =
          DatasetFileWriter.open(location, candidateColumns, Map.of(), WriteProfile.INTERNAL)) {
        for (int i = file; i < candidates; i += files) {
          long label = i % classes.size();
          SampleId id = SampleId.synthetic("a", variant, runDate + "label=" + label, i);
          writer.write(candidate(context, id, label, i));
          boolean accepted = i % 3 != 0;
          String reason = i % 2 == 0 ? "novelty:min" : "realism:min";
          selection
              .get(i % 2)
              .add(
                  new DatasetRow(
                      new Object[] {
                        id.hex(), label, 0L, accepted, accepted ? null : reason, location
                      },
                      null));
        }
        writer.commit();
      }
    }
    for (int part = 0; part < 2; part++) {
      try (DatasetFileWriter writer =
          DatasetFileWriter.open(
              location(
                  context, StageName.AUGMENT, String.format("selection/part-%05d.parquet", part)),
              selectionColumns,
              Map.of(),
              WriteProfile.INTERNAL)) {
        selection.get(part).forEach(writer::write);
        writer.commit();
      }
    }
    text(context, StageName.AUGMENT, "candidates.json", Json.pretty(locations));
  }

  private DatasetRow candidate(StageContext context, SampleId id, long label, int index) {
    Map<String, Double> scores = new TreeMap<>();
    for (String scorer : scorers) {
      scores.put(scorer, index / (double) candidates);
    }
    Object[] values = {new MediaValue(png(index + 1000), id + ".png"), label, new byte[] {1, 2}};
    if (softLabels) {
      values = Arrays.copyOf(values, 4);
      values[3] = List.of(0.25, 0.5, 0.25);
    }
    return new DatasetRow(
        values,
        new Provenance(
            id.hex(),
            true,
            "pets-vae",
            "a".repeat(64),
            context.drawSeed(),
            "label=" + label,
            List.of(),
            null,
            scores));
  }

  List<Column> columns() {
    return List.of(new Column.Image("image"), new Column.ClassLabel("label", classes));
  }

  private static byte[] png(int shade) {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 64; i++) {
      image.getRaster().setSample(i % 8, i / 8, 0, (shade * (i + 1)) & 0xff);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String location(StageContext context, StageName stage, String file) {
    return Storage.resolve(context.directory(stage), "attempt-a/" + file);
  }

  private static void text(StageContext context, StageName stage, String file, String text) {
    Storage.writeText(location(context, stage, file), text);
  }

  private static void commit(StageContext context, StageName stage) {
    new StageOutput(
            stage.key(), context.fingerprint(stage), "a", Json.tree(Map.of("coverage", 0.95)), "")
        .commit(context.directory(stage));
  }
}
