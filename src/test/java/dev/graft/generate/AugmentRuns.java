package dev.graft.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.MediaValue;
import dev.graft.runner.PipelineLauncher;
import dev.graft.runner.RunnerProfile;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.EvaluateSpec;
import dev.graft.spec.ModelsSpec;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.PublishSpec;
import dev.graft.spec.SelectRule;
import dev.graft.spec.SourceSpec;
import dev.graft.spec.SplitSpec;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Launches of AUGMENT for tests, and what they wrote. */
final class AugmentRuns {
  static final List<String> DIRECT = List.of("--runner=DirectRunner", "--targetParallelism=2");

  private AugmentRuns() {}

  static List<String> flink(int parallelism) {
    return List.of("--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=" + parallelism);
  }

  static PipelineSpec spec(AugmentSpec augment, SelectRule... rules) {
    JsonNode nothing = JsonNodeFactory.instance.objectNode();
    ModelsSpec.ModelRef model = new ModelsSpec.Define("models/any.yaml", nothing);
    return new PipelineSpec(
        "fake",
        "image",
        11,
        new SourceSpec(
            "idx", Map.of(), Map.of(), List.of(), false, 0, SourceSpec.RecordLimits.DEFAULT),
        nothing,
        new SplitSpec(0.15, 0.15, ""),
        new ModelsSpec(model, model, model),
        augment,
        List.of(rules),
        new EvaluateSpec(List.of(), 1, new EvaluateSpec.Utility("", nothing, List.of())),
        List.of(),
        new PublishSpec("/nowhere", true, List.of(), 1000, "", false));
  }

  static SelectRule rule(String scorer, SelectRule.Kind kind, double value) {
    return new SelectRule(scorer, kind, new SelectRule.Fixed(value), 1);
  }

  static StageContext context(PipelineSpec spec, AugmentInputs inputs, Path work, String attempt) {
    return new StageContext(
        spec,
        "",
        work.toString(),
        work.resolve("store").toString(),
        StageName.AUGMENT,
        attempt,
        Map.of(
            StageName.INGEST,
            "1".repeat(64),
            StageName.TRAIN,
            "2".repeat(64),
            StageName.AUGMENT,
            Json.digest(new AugmentStage(inputs).fingerprintPart(spec, ""))),
        false);
  }

  /** Runs the stage and gives its context. */
  static StageContext run(
      PipelineSpec spec, AugmentInputs inputs, Path work, String attempt, List<String> options) {
    StageContext context = context(spec, inputs, work, attempt);
    String runner = options.get(0).substring("--runner=".length());
    new PipelineLauncher(RunnerProfile.bare(runner), options)
        .run("augment-" + attempt, p -> new AugmentStage(inputs).build(p, context));
    return context;
  }

  static JsonNode summary(StageContext context) {
    return context.input(StageName.AUGMENT).summary();
  }

  static List<DatasetRow> rows(String file) {
    List<DatasetRow> rows = new ArrayList<>();
    try (DatasetFileReader reader = DatasetFileReader.open(file)) {
      reader.forEach(rows::add);
    }
    return rows;
  }

  /** All selection rows in file order. */
  static List<DatasetRow> selection(StageContext context) {
    return Storage.list(Storage.resolve(context.attemptDirectory(), "selection")).stream()
        .flatMap(part -> rows(part.location()).stream())
        .toList();
  }

  /** A digest over every row of selection, candidates and rejected sample, and the JSON files. */
  static String digest(StageContext context) {
    Hasher hasher = Hashing.sha256().newHasher();
    List<Storage.Entry> files = new ArrayList<>();
    files.addAll(Storage.list(context.attemptDirectory()));
    files.addAll(Storage.list(Storage.resolve(context.workDirectory(), "candidates")));
    for (Storage.Entry file : files) {
      if (file.name().endsWith(".parquet")) {
        put(hasher, file.name());
        rows(file.location()).forEach(row -> put(hasher, text(row)));
      } else if (!file.name().equals("outcome.json")) {
        put(hasher, Storage.readText(file.location()));
      }
    }
    return hasher.hash().toString();
  }

  /** A digest over decisions, scores and signatures, whatever the payloads' encoding. */
  static String decisions(StageContext context) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (DatasetRow row : selection(context)) {
      put(hasher, text(new DatasetRow(java.util.Arrays.copyOf(row.values(), 6), null)));
    }
    for (Storage.Entry file :
        Storage.list(Storage.resolve(context.workDirectory(), "candidates"))) {
      for (DatasetRow row : rows(file.location())) {
        put(hasher, text(new DatasetRow(new Object[] {row.values()[2]}, row.provenance())));
      }
    }
    return hasher.hash().toString();
  }

  private static String text(DatasetRow row) {
    StringBuilder text = new StringBuilder();
    for (Object value : row.values()) {
      if (value instanceof byte[] bytes) {
        text.append(Base64.getEncoder().encodeToString(bytes));
      } else if (value instanceof MediaValue media) {
        text.append(Base64.getEncoder().encodeToString(media.bytes())).append(media.path());
      } else {
        text.append(value);
      }
      text.append('|');
    }
    return text.append(row.provenance()).toString();
  }

  private static void put(Hasher hasher, String text) {
    hasher.putString(text, StandardCharsets.UTF_8).putByte((byte) 0);
  }
}
