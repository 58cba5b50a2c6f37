package dev.graft.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.graft.data.GraftException;
import dev.graft.data.Part;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.MediaValue;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.EvaluateSpec;
import dev.graft.spec.ModelsSpec;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.PublishSpec;
import dev.graft.spec.SourceSpec;
import dev.graft.spec.SourceSpec.RecordLimits;
import dev.graft.spec.SplitSpec;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Runs INGEST alone, as the launcher would. */
final class IngestRuns {
  static final String DIRECT = "--runner=DirectRunner --targetParallelism=2";
  static final String FAST_DIRECT =
      DIRECT + " --enforceImmutability=false --enforceEncodability=false";
  static final String FLINK = "--runner=FlinkRunner --flinkMaster=[local] --parallelism=";

  private IngestRuns() {}

  static SourceSpec source(String format, Map<String, String> locations, String... classes) {
    return new SourceSpec(
        format, locations, Map.of(), List.of(classes), false, 0.001, RecordLimits.DEFAULT);
  }

  static SourceSpec withTest(SourceSpec source, Map<String, String> testLocations) {
    return new SourceSpec(
        source.format(),
        source.locations(),
        testLocations,
        source.classes(),
        source.allowSynthetic(),
        source.maxBadRecords(),
        source.limits());
  }

  static SourceSpec tolerating(SourceSpec source, double share, boolean synthetic) {
    return new SourceSpec(
        source.format(),
        source.locations(),
        source.testLocations(),
        source.classes(),
        synthetic,
        share,
        source.limits());
  }

  static PipelineSpec spec(SourceSpec source, String options, SplitSpec split, long seed) {
    return spec("image", source, options, split, seed);
  }

  static PipelineSpec spec(
      String modality, SourceSpec source, String options, SplitSpec split, long seed) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    ModelsSpec.ModelRef model = new ModelsSpec.Define("models/any.yaml", json.objectNode());
    return new PipelineSpec(
        "any",
        modality,
        seed,
        source,
        Json.read(options.getBytes(StandardCharsets.UTF_8), JsonNode.class),
        split,
        new ModelsSpec(model, model, model),
        new AugmentSpec(new AugmentSpec.SyntheticPerClass(10), Map.of(), 1, 2, 1, false),
        List.of(),
        new EvaluateSpec(
            List.of(),
            100,
            new EvaluateSpec.Utility("models/any.yaml", json.objectNode(), List.of())),
        List.of(),
        new PublishSpec("/nowhere", true, List.of(), 1000, "", false));
  }

  static StageContext context(PipelineSpec spec, Path work, String attempt) {
    String fingerprint = Json.digest(new IngestStage().fingerprintPart(spec, ""));
    return new StageContext(
        spec,
        "",
        work.toString(),
        work.resolve("store").toString(),
        StageName.INGEST,
        attempt,
        Map.of(StageName.INGEST, fingerprint),
        false);
  }

  /** Runs the stage and gives its committed output; the pipeline's exception passes through. */
  static StageOutput run(PipelineSpec spec, Path work, String arguments) {
    StageContext context = context(spec, work, "a1");
    run(context, arguments);
    return context.input(StageName.INGEST);
  }

  /** Runs the stage to its failure and gives the outcome that a launcher would report. */
  static Outcome fail(PipelineSpec spec, Path work) {
    StageContext context;
    try {
      context = context(spec, work, "a1");
    } catch (GraftException e) {
      return new Outcome(e.exitCode().code(), e.getMessage(), "");
    }
    try {
      run(context, DIRECT);
    } catch (RuntimeException e) {
      return Outcome.read(context)
          .orElseThrow(() -> new AssertionError("no outcome was recorded", e));
    }
    throw new AssertionError("the stage did not fail: " + Outcome.read(context));
  }

  private static void run(StageContext context, String arguments) {
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs(arguments.split(" ")).create());
    new IngestStage().build(pipeline, context);
    pipeline.run().waitUntilFinish();
  }

  /** Every file with every row in order. */
  static String rows(StageOutput output) {
    StringBuilder text = new StringBuilder();
    for (Part part : Part.values()) {
      for (String file : CanonicalDataset.of(output).files(part)) {
        text.append(file.substring(file.lastIndexOf('/'))).append('\n');
        try (DatasetFileReader reader = DatasetFileReader.open(file)) {
          for (DatasetRow row : reader) {
            text.append(row.provenance().sampleId())
                .append(' ')
                .append(row.values()[1])
                .append(' ')
                .append(Arrays.hashCode(((MediaValue) row.values()[0]).bytes()))
                .append('\n');
          }
        }
      }
    }
    return text.toString();
  }
}
