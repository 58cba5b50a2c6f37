package dev.graft.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.spec.AugmentSpec.BalanceToLargest;
import dev.graft.spec.AugmentSpec.Multiply;
import dev.graft.spec.AugmentSpec.SyntheticPerClass;
import dev.graft.spec.AugmentSpec.TotalPerClass;
import dev.graft.spec.EvaluateSpec.ArmSpec;
import dev.graft.spec.EvaluateSpec.Choose;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.spec.ModelsSpec.Load;
import dev.graft.spec.SelectRule.Fixed;
import dev.graft.spec.SelectRule.Kind;
import dev.graft.spec.SelectRule.TunePercentile;
import dev.graft.spec.SourceSpec.RecordLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineSpecReaderTest {
  private static final String LEAST =
      """
      name: shapes
      source: {format: class-folders, path: data/shapes}
      image: {size: 28}
      model: {define: vae.yaml}
      augment: {synthetic: {per-class: 100}}
      publish: {to: out/shapes}
      """;

  private static final GateSpec SHORTFALL =
      new GateSpec("shortfall", Double.NaN, 0.5, "", "", true, 0);
  private static final GateSpec ACCURACY =
      new GateSpec("synthetic-accuracy", 0.3, Double.NaN, "", "", true, 0);

  @TempDir Path folder;

  private PipelineSpec read(String yaml, String... overrides) throws IOException {
    return file(yaml, "", overrides).spec();
  }

  private SpecFile file(String yaml, String runDate, String... overrides) throws IOException {
    Files.writeString(folder.resolve("s.yaml"), yaml);
    return new PipelineSpecReader(new FixedVocabulary(), folder)
        .read(
            new SpecRequest(
                Path.of("s.yaml"),
                folder,
                List.of(overrides),
                Map.of("GRAFT_OUT", "/srv/out"),
                runDate));
  }

  @Test
  void fillsInEveryDefault() throws IOException {
    PipelineSpec spec = read(LEAST);
    assertThat(spec.modality()).isEqualTo("image");
    assertThat(spec.seed()).isEqualTo(1);
    assertThat(spec.source().limits()).isEqualTo(RecordLimits.DEFAULT);
    assertThat(spec.source().maxBadRecords()).isEqualTo(0.001);
    assertThat(spec.source().allowSynthetic()).isFalse();
    assertThat(spec.source().hasOfficialTest()).isFalse();
    assertThat(spec.source().classes()).isEmpty();
    assertThat(Json.canonical(spec.modalityOptions()))
        .isEqualTo("{\"channels\":\"grey\",\"flip\":false,\"resize\":\"exact\",\"size\":28}");
    assertThat(spec.split()).isEqualTo(new SplitSpec(0.15, 0.15, ""));
    assertThat(((Define) spec.models().judge()).file()).isEqualTo("judge.yaml");
    assertThat(((Define) spec.models().examiner()).file()).isEqualTo("examiner.yaml");
    assertThat(spec.augment())
        .isEqualTo(new AugmentSpec(new SyntheticPerClass(100), Map.of(), 1.5, 10, 3, false));
    assertThat(spec.select())
        .containsExactly(
            new SelectRule("label-agreement", Kind.MIN, new Fixed(0.5), 0),
            new SelectRule("realism", Kind.MIN, new TunePercentile(5), 0),
            new SelectRule("novelty", Kind.MIN, new TunePercentile(1), 0),
            new SelectRule("near-duplicate", Kind.DROP, new Fixed(6), 0));
    assertThat(spec.evaluate().metrics()).containsExactly("coverage");
    assertThat(spec.evaluate().rows()).isEqualTo(5000);
    assertThat(spec.evaluate().utility().learnerFile()).isEqualTo("learner.yaml");
    assertThat(spec.evaluate().utility().arms())
        .containsExactly(
            new ArmSpec("real", 1),
            new ArmSpec("classical", 1),
            new ArmSpec("both", 1),
            new ArmSpec("synthetic", 1));
    assertThat(spec.gates()).containsExactly(SHORTFALL, ACCURACY); // density is not measured
    assertThat(spec.publish())
        .isEqualTo(new PublishSpec(folder + "/out/shapes", true, List.of(), 10_000, "", false));
  }

  @Test
  void resolvesPathsAgainstTheWorkingDirectory() throws IOException {
    PipelineSpec spec =
        read(
            LEAST
                .replace("data/shapes", "a/../b")
                .replace("to: out/shapes", "to: \"${GRAFT_OUT:-out}/shapes\""));
    assertThat(spec.source().location("path")).contains(folder + "/b");
    assertThat(spec.publish().to()).isEqualTo("/srv/out/shapes");
    assertThat(read(LEAST, "source.path=gs://bucket/x").source().location("path"))
        .contains("gs://bucket/x");
  }

  @Test
  void readsEveryTarget() throws IOException {
    assertThat(read(augment("total: {per-class: 7}")).augment().target())
        .isEqualTo(new TotalPerClass(7));
    assertThat(read(augment("multiply: 0.5")).augment().target()).isEqualTo(new Multiply(0.5));
    assertThat(read(augment("balance: {cap: 2.5x}")).augment().target())
        .isEqualTo(new BalanceToLargest(2.5));
    assertThat(read(augment("balance: {}")).augment().target()).isEqualTo(new BalanceToLargest(5));
    AugmentSpec augment =
        read(augment(
                "multiply: 1, controls: {truncation: 0.8}, rounds: 2,"
                    + " candidates: {oversample: 2x, cap: 4}"))
            .augment();
    assertThat(augment)
        .isEqualTo(new AugmentSpec(new Multiply(1), Map.of("truncation", 0.8), 2, 4, 2, false));
  }

  @Test
  void readsEveryMode() throws IOException {
    assertThat(read(augment("multiply: 1")).augment().mode()).isNull();
    assertThat(mode("{vary: real, strength: 0.3}")).isEqualTo(new GenerationMode.VaryReal(0.3));
    assertThat(mode("{interpolate: rows}"))
        .isEqualTo(
            new GenerationMode.Interpolate(
                GenerationMode.Between.ROWS, GenerationMode.Labels.HARD));
    assertThat(mode("{interpolate: classes, labels: mixed}"))
        .isEqualTo(
            new GenerationMode.Interpolate(
                GenerationMode.Between.CLASSES, GenerationMode.Labels.MIXED));
  }

  private GenerationMode mode(String text) throws IOException {
    return read(augment("multiply: 1, mode: " + text)).augment().mode();
  }

  @Test
  void excludesPublishedRowsByTheRuleOnNearDuplicates() throws IOException {
    String excluding = augment("multiply: 1, exclude-published: true");
    assertThat(read(excluding).augment().excludePublished()).isTrue();
    assertThat(
            read(excluding + "select:\n  - {scorer: near-duplicate, drop: true}\n")
                .augment()
                .excludePublished())
        .isTrue();
    assertThat(Json.canonical(read(excluding))).contains("\"exclude-published\":true");
    assertThat(Json.canonical(read(LEAST))).doesNotContain("exclude-published");
  }

  @Test
  void softLabelsAreInTheSpecOnlyWhereTheyAreAskedFor() throws IOException {
    String soft = augment("multiply: 1, soft-labels: true");
    assertThat(read(soft).augment().softLabels()).isTrue();
    assertThat(Json.canonical(read(soft))).contains("\"soft-labels\":true");
    String without = Json.canonical(read(augment("multiply: 1")));
    assertThat(without).doesNotContain("soft-labels");
    assertThat(Json.canonical(read(augment("multiply: 1, soft-labels: false")))).isEqualTo(without);
  }

  @Test
  void readsFurtherTraining() throws IOException {
    PipelineSpec spec =
        read(
            LEAST.replaceFirst(
                "model: .*",
                "model: {load: shapes@3, fine-tune: {steps: 50, learning-rate: 0.001}}"));
    assertThat(spec.models().generator()).isInstanceOf(Define.class);
    Define define = (Define) spec.models().generator();
    assertThat(define.file()).isEqualTo("shapes@3");
    assertThat(define.base()).isEqualTo(new ModelsSpec.Load("shapes", "3", "d1gest"));
    assertThat(Json.canonical(define.definition()))
        .contains("[\"steps=50\",\"learning-rate=0.001\"]");
    assertThat(Json.canonical(read(LEAST))).doesNotContain("\"base\"");
  }

  private static String augment(String content) {
    return LEAST.replace("synthetic: {per-class: 100}", content);
  }

  @Test
  void readsEveryKindOfRuleInOrderWithItsLine() throws IOException {
    PipelineSpec spec =
        read(
            LEAST
                + """
                select:
                  - {scorer: label-agreement, min: 0.4, max: tune.p99.5}
                  - {scorer: realism, quantile: 0.05}
                  - {scorer: noise, quantile: 0.1}
                  - {scorer: realism, top-per-class: 20}
                  - {scorer: near-duplicate, drop: true, distance: 3}
                """);
    assertThat(spec.select())
        .containsExactly(
            new SelectRule("label-agreement", Kind.MIN, new Fixed(0.4), 8),
            new SelectRule("label-agreement", Kind.MAX, new TunePercentile(99.5), 8),
            new SelectRule("realism", Kind.MIN, new TunePercentile(5), 9),
            new SelectRule("noise", Kind.MAX, new TunePercentile(90), 10),
            new SelectRule("realism", Kind.TOP, new Fixed(20), 11),
            new SelectRule("near-duplicate", Kind.DROP, new Fixed(3), 12));
  }

  @Test
  void rulesHaveDigestsOfTheirWordsAndThoseOfAFile() throws IOException {
    Files.writeString(folder.resolve("bad.txt"), "# not these\nüble Sache\n\n  c \n");
    PipelineSpec spec =
        read(LEAST + "select:\n  - {scorer: forbidden, max: 0, words: [a, b], file: bad.txt}\n");
    assertThat(spec.select())
        .containsExactly(
            new SelectRule(
                "forbidden", Kind.MAX, new Fixed(0), List.of("A", "B", "ÜBLE SACHE", "C"), 8));
  }

  @Test
  void controlsAreNumbersOrTexts() throws IOException {
    AugmentSpec augment =
        read(LEAST.replace("augment: {", "augment: {controls: {truncation: 0.5, prefix: hey}, "))
            .augment();
    assertThat(augment.controls()).isEqualTo(Map.of("truncation", 0.5));
    assertThat(augment.wording()).isEqualTo(Map.of("prefix", List.of("hey")));
  }

  @Test
  void readsGatesInOrder() throws IOException {
    PipelineSpec spec =
        read(
            LEAST
                + """
                gates:
                  coverage: {min: 0.9, relative-to: tune, per-class: worst}
                  copied-rows: {max: tune-to-train}
                  shortfall: {max: 0.05}
                """);
    assertThat(spec.gates())
        .containsExactly(
            new GateSpec("coverage", 0.9, Double.NaN, "tune", "worst", 8),
            new GateSpec("copied-rows", Double.NaN, 1, "tune", "", 9),
            new GateSpec("shortfall", Double.NaN, 0.05, "", "", 10),
            ACCURACY);
  }

  @Test
  void theGeneratorIsTunedWhereTheSpecSaysSo() throws IOException {
    PipelineSpec spec =
        read(
            LEAST.replace(
                "{define: vae.yaml}",
                "{define: vae.yaml, set: {training.batch: 8}, tune: {trials: 9, steps: 200}}"));
    TuneSpec tune = ((Define) spec.models().generator()).tune();
    assertThat(tune.trials()).isEqualTo(9);
    assertThat(tune.steps()).isEqualTo(200);
    assertThat(tune.eta()).isEqualTo(3);
    assertThat(tune.by()).isEqualTo("tune-loss");
    assertThat(Json.canonical(tune.ranges())).contains("training.batch=8");
    assertThat(((Define) read(LEAST).models().generator()).tune()).isNull();
  }

  @Test
  void aGateOfItsOwnOrNoneTakesThePlaceOfTheDefault() throws IOException {
    assertThat(read(LEAST + "gates: {shortfall: none}").gates()).containsExactly(ACCURACY);
    assertThat(read(LEAST + "gates: {defaults: none}").gates()).isEmpty();
    assertThat(read(LEAST + "gates: {defaults: none, shortfall: {max: 0.2}}").gates())
        .containsExactly(new GateSpec("shortfall", Double.NaN, 0.2, "", "", 7));
    assertThat(read(LEAST + "evaluate: {metrics: [density], utility: {arms: [real]}}").gates())
        .extracting(GateSpec::metric)
        .containsExactly("shortfall", "density");
    assertThat(read(LEAST, "gates.shortfall.max=0.2").gates().get(0).standard()).isFalse();
  }

  @Test
  void readsSourcesModelsAndArms() throws IOException {
    PipelineSpec spec =
        file(
                """
                name: x
                seed: -3
                source:
                  format: parquet
                  path: data/${run-date}/in
                  image: picture
                  test: {path: test}
                  classes: [no, 1, two words]
                  synthetic: allow
                  max-bad-records: 5%
                  limits: {pixels: 100, bytes: 2 MB}
                image: {size: [8, 16]}
                split: {tune: 0.1, by: speaker}
                model: {load: shapes@3}
                judge: {define: my-judge.yaml, set: {training: {steps: 9}, architecture.channels: [1, 2]}}
                augment: {multiply: 1}
                evaluate: {rows: 50, utility: {seeds: 2, arms: [real, {arm: synthetic, seeds: 3}]}}
                publish: {to: out, parts: [test], licence: MIT}
                """,
                "2026-11-22")
            .spec();
    assertThat(spec.source().locations())
        .isEqualTo(Map.of("path", folder + "/data/2026-11-22/in", "image", "picture"));
    assertThat(spec.source().testLocations())
        .isEqualTo(Map.of("path", folder + "/test", "image", "image"));
    assertThat(spec.source().classes()).containsExactly("no", "1", "two words");
    assertThat(spec.source().limits()).isEqualTo(new RecordLimits(100, 2_000_000));
    assertThat(spec.source().maxBadRecords()).isEqualTo(0.05);
    assertThat(spec.source().allowSynthetic()).isTrue();
    assertThat(spec.split()).isEqualTo(new SplitSpec(0.1, 0, "speaker"));
    assertThat(spec.models().generator()).isEqualTo(new Load("shapes", "3", "d1gest"));
    assertThat(((Define) spec.models().judge()).definition().path("settings"))
        .isEqualTo(Json.tree(List.of("training.steps=9", "architecture.channels=[1,2]")));
    assertThat(spec.evaluate().utility().arms())
        .containsExactly(new ArmSpec("real", 2), new ArmSpec("synthetic", 3));
    assertThat(spec.publish().parts()).containsExactly("test");
    assertThat(read(LEAST, "publish.include-real=false").publish().includeReal()).isFalse();
  }

  @Test
  void readsThePolicyOfTheClassicalArm() throws IOException {
    assertThat(read(LEAST).evaluate().utility().classical()).isNull();
    String policy = "evaluate: {utility: {classical: policy.yaml}}\n";
    assertThat(read(LEAST + policy).evaluate().utility().classical().path("family").asText())
        .isEqualTo("classical");
  }

  @Test
  void aLearnerFromAFileMayLearnWhatIsNotAugmented() throws IOException {
    String learner =
        "evaluate: {utility: {learner: external-learner.yaml, arms: [real, synthetic]}}\n";
    assertThat(read(LEAST + learner).evaluate().utility().learnerFile())
        .isEqualTo("external-learner.yaml");
  }

  @Test
  void readsWhatArmsChoose() throws IOException {
    assertThat(read(LEAST).evaluate().utility().choose()).isNull();
    String choose = "evaluate: {utility: {choose: {steps: [600, 1800], ratio: [1:1, 4:2]}}}\n";
    assertThat(read(LEAST + choose).evaluate().utility().choose())
        .isEqualTo(
            new Choose(List.of(600, 1800), List.of(MixingRatio.EVEN, new MixingRatio(2, 1))));
    assertThat(read(LEAST, "evaluate.utility.choose.ratio=[4:1]").evaluate().utility().choose())
        .isEqualTo(new Choose(List.of(), List.of(new MixingRatio(4, 1))));
    assertThat(Json.canonical(read(LEAST))).doesNotContain("choose");
    PipelineSpec spec = read(LEAST + choose);
    new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(spec);
    assertThat(Json.canonical(spec))
        .contains("\"choose\":{\"ratio\":[\"1:1\",\"2:1\"],\"steps\":[600,1800]}");
  }

  @Test
  void readsTheLimitsOfALaunchWhichAreInNoFingerprint() throws IOException {
    SpecFile limited = file(LEAST + "limits: {minutes: 90.5, bytes: 20GB}\n", "");
    assertThat(limited.limits()).isEqualTo(new LaunchLimits(90.5, 20_000_000_000L));
    assertThat(file(LEAST, "").limits()).isEqualTo(LaunchLimits.NONE);
    assertThat(limited.spec()).isEqualTo(file(LEAST, "").spec());
    for (String wrong : List.of("{minutes: 0}", "{bytes: much}", "{hours: 2}")) {
      assertThatThrownBy(() -> file(LEAST + "limits: " + wrong + "\n", ""))
          .isInstanceOf(GraftException.class)
          .hasMessageContaining("limits");
    }
  }

  @Test
  void readsSampleData() throws IOException {
    SpecFile file =
        file(
            LEAST.replace("path: data/shapes", "path: x, sample-data: {kind: shapes, seed: 3}"),
            "");
    assertThat(file.sampleData())
        .contains(new SpecFile.SampleDataSpec(folder + "/x", "shapes", 400, 3));
    assertThat(file(LEAST, "").sampleData()).isEmpty();
  }

  @Test
  void aSpecTravelsToWorkersAndMovedLinesDoNotChangeItsDigest() throws IOException {
    String gates = "gates: {shortfall: {max: 0.1}}\nselect: [{scorer: realism, min: 1}]\n";
    PipelineSpec spec = read(LEAST + gates);
    new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(spec);
    PipelineSpec moved = read("# a comment\n" + LEAST + "\n\n" + gates);
    assertThat(moved.gates()).isNotEqualTo(spec.gates());
    assertThat(Json.digest(moved)).isEqualTo(Json.digest(spec));
    assertThat(Json.digest(read(LEAST, "seed=9"))).isNotEqualTo(Json.digest(read(LEAST)));
  }
}
