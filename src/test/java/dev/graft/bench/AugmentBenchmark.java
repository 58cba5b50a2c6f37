package dev.graft.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.graft.data.io.Storage;
import dev.graft.generate.AugmentStage;
import dev.graft.runner.PipelineLauncher;
import dev.graft.runner.RunnerProfile;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.EvaluateSpec;
import dev.graft.spec.ModelsSpec;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.PublishSpec;
import dev.graft.spec.SelectRule;
import dev.graft.spec.SelectRule.Fixed;
import dev.graft.spec.SelectRule.Kind;
import dev.graft.spec.SelectRule.TunePercentile;
import dev.graft.spec.SourceSpec;
import dev.graft.spec.SplitSpec;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Rows per second of AUGMENT, from the first sample asked for to the end of the job, over those of
 * a bare loop of the same arithmetic on as many threads: without scorers (generator, noise, PNG)
 * and with the default ones (also judge and neighbour search; AUGMENT looks for near-duplicates
 * besides). Each is measured twice, in turn, after a warm-up.
 *
 * <pre>
 * mvn -q test-compile org.codehaus.mojo:exec-maven-plugin:3.5.0:exec -Dexec.executable=java \
 *   -Dexec.classpathScope=test \
 *   -Dexec.args="-Xmx2g -XX:+UseParallelGC -cp %classpath dev.graft.bench.AugmentBenchmark 200000"
 * </pre>
 *
 * Arguments: rows, then Beam options; embedded Flink by default.
 */
public final class AugmentBenchmark {
  private static final int THREADS = 2;
  private static final int WARM_UP = 20_000;
  static final int TRAINING_STEPS = 1_000;
  static final List<SelectRule> DEFAULT_RULES =
      List.of(
          new SelectRule("label-agreement", Kind.MIN, new Fixed(0.6), 0),
          new SelectRule("realism", Kind.MIN, new TunePercentile(5), 0),
          new SelectRule("novelty", Kind.MIN, new TunePercentile(1), 0),
          new SelectRule("near-duplicate", Kind.DROP, new Fixed(6), 0));

  private final BenchmarkInputs inputs;
  private final Path directory;
  private final List<String> options;
  private int launches;

  private AugmentBenchmark(BenchmarkInputs inputs, Path directory, List<String> options) {
    this.inputs = inputs;
    this.directory = directory;
    this.options = options;
  }

  public static void main(String[] arguments) throws Exception {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
    List<String> options =
        arguments.length > 1
            ? List.of(arguments).subList(1, arguments.length)
            : List.of("--flinkMaster=[local]", "--parallelism=" + THREADS, "--fasterCopy=true");
    Path directory = Path.of("target/benchmark").toAbsolutePath();
    Storage.delete(directory.toString());
    BenchmarkInputs inputs =
        BenchmarkInputs.train(
            Path.of("models"), directory.resolve("store").toString(), TRAINING_STEPS);
    AugmentBenchmark benchmark = new AugmentBenchmark(inputs, directory, options);
    benchmark.compare("generate, PNG, Parquet", List.of(), rows);
    benchmark.compare("the same with the default scorers", DEFAULT_RULES, rows);
    Storage.delete(directory.toString());
  }

  private void compare(String what, List<SelectRule> rules, int rows) throws Exception {
    BareLoop loop = BareLoop.of(inputs, rules);
    loop.run(WARM_UP, THREADS, 1);
    augment(rules, WARM_UP);
    Rate[] bare = new Rate[2];
    Rate[] augment = new Rate[2];
    for (int i = 0; i < 2; i++) {
      bare[i] = loop.run(rows, THREADS, 2 + i);
      augment[i] = augment(rules, rows);
    }
    System.out.printf(
        "%s: bare loop %s, AUGMENT %s, ratio %.2f (%.2f by processor time)%n",
        what,
        List.of(bare),
        List.of(augment),
        (augment[0].rowsPerSecond() + augment[1].rowsPerSecond())
            / (bare[0].rowsPerSecond() + bare[1].rowsPerSecond()),
        (bare[0].processorMicros() + bare[1].processorMicros())
            / (augment[0].processorMicros() + augment[1].processorMicros()));
  }

  private Rate augment(List<SelectRule> rules, int rows) {
    launches++;
    PipelineSpec spec = spec(rules, rows);
    StageContext context =
        new StageContext(
            spec,
            "",
            directory.resolve("work-" + launches).toString(),
            inputs.store(),
            StageName.AUGMENT,
            "benchmark-" + launches,
            Map.of(
                StageName.INGEST, "1".repeat(64),
                StageName.TRAIN, "2".repeat(64),
                StageName.AUGMENT, "3".repeat(64)),
            false);
    String runner =
        options.stream()
            .filter(option -> option.startsWith("--runner="))
            .map(option -> option.substring("--runner=".length()))
            .findFirst()
            .orElse("FlinkRunner");
    BenchmarkInputs.FIRST_DRAW.set(0);
    long launched = System.nanoTime();
    new PipelineLauncher(RunnerProfile.bare(runner), options)
        .run("benchmark", pipeline -> new AugmentStage(inputs).build(pipeline, context));
    long end = System.nanoTime();
    long processor = Rate.processorNanos();
    long first = BenchmarkInputs.FIRST_DRAW.get();
    JsonNode summary = context.input(StageName.AUGMENT).summary();
    System.out.printf(
        "  %,d candidates, refused %s; start-up %.1f s (left out), work %.1f s%n",
        summary.path("candidates").asLong(),
        summary.path("rejections"),
        (first - launched) / 1e9,
        (end - first) / 1e9);
    Storage.delete(context.workDirectory());
    return Rate.of(rows, end - first, processor - BenchmarkInputs.FIRST_DRAW_PROCESSOR.get());
  }

  private static PipelineSpec spec(List<SelectRule> rules, int rows) {
    JsonNode nothing = JsonNodeFactory.instance.objectNode();
    ModelsSpec.ModelRef model = new ModelsSpec.Define("", nothing);
    int perClass = rows / BenchmarkInputs.SCHEMA.classes().size();
    return new PipelineSpec(
        "benchmark",
        "image",
        1,
        new SourceSpec(
            "idx", Map.of(), Map.of(), List.of(), false, 0, SourceSpec.RecordLimits.DEFAULT),
        nothing,
        new SplitSpec(0.15, 0.15, ""),
        new ModelsSpec(model, model, model),
        new AugmentSpec(new AugmentSpec.SyntheticPerClass(perClass), Map.of(), 1, 1, 1, false),
        rules,
        new EvaluateSpec(List.of(), 1, new EvaluateSpec.Utility("", nothing, List.of())),
        List.of(),
        new PublishSpec("/nowhere", false, List.of(), 1000, "", false));
  }
}
