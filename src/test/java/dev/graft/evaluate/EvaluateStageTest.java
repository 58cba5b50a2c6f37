package dev.graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.Part;
import dev.graft.data.io.Storage;
import dev.graft.data.json.SealedJson;
import dev.graft.evaluate.evidence.EvidencePage;
import dev.graft.evaluate.gate.GateResult;
import dev.graft.evaluate.quality.MissedFigures;
import dev.graft.evaluate.run.FinishedArms;
import dev.graft.evaluate.utility.Arm;
import dev.graft.evaluate.utility.ArmFigures;
import dev.graft.evaluate.utility.ArmRun;
import dev.graft.evaluate.utility.Choice.Trial;
import dev.graft.modality.Modalities;
import dev.graft.modality.Modality;
import dev.graft.spec.EvaluateSpec.ArmSpec;
import dev.graft.spec.EvaluateSpec.Choose;
import dev.graft.spec.GateSpec;
import dev.graft.spec.MixingRatio;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateStageTest {
  @TempDir static Path work;

  private static EvaluateRuns runs;
  private static StageContext first;

  @BeforeAll
  static void evaluateOnce() {
    runs = new EvaluateRuns(new TinyWorld(true), work);
    runs.gates =
        List.of(
            gate("coverage", 0.99, Double.NaN, "", "worst"),
            gate("shortfall", Double.NaN, 0.5, "", ""),
            gate("copied-rows", Double.NaN, 1, "tune", ""));
    first = runs.augment().evaluate("first", EvaluateRuns.DIRECT);
  }

  @Test
  void measuresBeforeAndAfterSelectionBesideRealAgainstReal() {
    Evaluation evaluation = runs.evaluation(first);
    assertThat(evaluation.real()).containsEntry("train", 240).containsEntry("test", 120);
    var overall = evaluation.metrics().overall();
    assertThat(overall.rows()).isEqualTo(100);
    assertThat(overall.metrics())
        .containsOnlyKeys("frechet-distance", "precision", "coverage", "examiner-agreement");
    var agreement = overall.metrics().get("examiner-agreement");
    assertThat(agreement.before().value()).isBetween(0.75, 0.93);
    assertThat(agreement.after().value()).isGreaterThan(agreement.before().value());
    assertThat(overall.metrics().get("coverage").realVsReal().value()).isGreaterThan(0.85);
    assertThat(evaluation.metrics().perClass())
        .extracting(group -> group.name() + " " + group.rows())
        .containsExactly("dark 40", "grey & dull 40", "light 40");
  }

  @Test
  void findsCopiesOfTrainingRows() {
    Evaluation evaluation = runs.evaluation(first);
    assertThat(evaluation.copies().accepted().exact().value()).isGreaterThan(0.03);
    assertThat(evaluation.copies().accepted().copied().value())
        .isGreaterThanOrEqualTo(evaluation.copies().accepted().exact().value());
    assertThat(evaluation.copies().tune().exact().value()).isZero();
    assertThat(evaluation.copies().trainRows()).isEqualTo(240);
  }

  @Test
  void comparesArmsWithPairedSeeds() {
    var utility = runs.evaluation(first).utility();
    assertThat(utility.arms())
        .extracting(ArmFigures::arm)
        .containsExactly("real", "classical", "both", "synthetic");
    assertThat(utility.baseline()).isEqualTo("classical");
    ArmFigures real = utility.arm("real").orElseThrow();
    assertThat(real.accuracy().mean()).isGreaterThan(0.9);
    assertThat(real.runs())
        .extracting(ArmRun::source)
        .containsExactly(ArmRun.EXAMINER, ArmRun.TRAINED);
    assertThat(real.gain().low()).isNotNull();
    ArmRun both = utility.arm("both").orElseThrow().runs().get(0);
    assertThat(both.realRows()).isEqualTo(240);
    assertThat(both.syntheticRows()).isBetween(60, 180);
    ArmFigures synthetic = utility.arm("synthetic").orElseThrow();
    assertThat(synthetic.gain().low()).isNull();
    assertThat(synthetic.recall()).hasSize(3).doesNotContainNull();
  }

  @Test
  void failedGatesAreFiguresNotFailures() {
    Evaluation evaluation = runs.evaluation(first);
    assertThat(evaluation.gates())
        .extracting(GateResult::metric, GateResult::passed)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("coverage", false),
            org.assertj.core.groups.Tuple.tuple("shortfall", true),
            org.assertj.core.groups.Tuple.tuple("copied-rows", false));
    assertThat(Outcome.read(first).orElseThrow().code()).isZero();
    var summary = first.input(StageName.EVALUATE).summary();
    assertThat(summary.get("passed").asBoolean()).isFalse();
    assertThat(summary.get("failed-gates")).hasSize(2);
    assertThat(summary.get("figures").get("synthetic-accuracy").asDouble()).isPositive();
  }

  @Test
  void writesTheSameBytesAgain() {
    StageContext again = runs.evaluate("again", EvaluateRuns.DIRECT);
    assertThat(EvaluateRuns.file(again, Evaluation.FILE))
        .isEqualTo(EvaluateRuns.file(first, Evaluation.FILE));
    assertThat(EvaluateRuns.file(again, EvidencePage.FILE))
        .isEqualTo(EvaluateRuns.file(first, EvidencePage.FILE));
    assertThat(EvaluateRuns.file(first, Evaluation.FILE)).doesNotContain("NaN");
  }

  @Test
  @Tag("slow")
  void writesTheSameBytesOnFlink() {
    StageContext flink = runs.evaluate("flink", EvaluateRuns.FLINK);
    assertThat(EvaluateRuns.file(flink, Evaluation.FILE))
        .isEqualTo(EvaluateRuns.file(first, Evaluation.FILE));
  }

  @Test
  void doesNotRepeatFinishedArmsWhateverTheGates() {
    EvaluateRuns resumed = new EvaluateRuns(new TinyWorld(true), work);
    resumed.arms = List.of(new ArmSpec("classical", 1), new ArmSpec("generated", 2));
    StageContext strict = resumed.context(StageName.EVALUATE, "strict");
    ArmRun kept =
        new ArmRun(
            "generated", 1, ArmRun.TRAINED, 240, 9, 2, 0.125, List.of(0.1, 0.1, 0.1), null, null);
    Storage.writeText(FinishedArms.of(strict).file(Arm.GENERATED, 1), SealedJson.text(kept));
    resumed.gates = List.of(gate("shortfall", Double.NaN, 0.9, "", ""));
    StageContext context = resumed.evaluate("resumed", EvaluateRuns.DIRECT);
    assertThat(context.directory()).isNotEqualTo(strict.directory());
    ArmFigures generated = resumed.evaluation(context).utility().arm("generated").orElseThrow();
    assertThat(generated.runs().get(1)).isEqualTo(kept);
    assertThat(generated.runs().get(0).accuracy()).isGreaterThan(0.5);
    assertThat(Storage.exists(FinishedArms.of(strict).file(Arm.CLASSICAL, 0))).isTrue();
    resumed.choose = new Choose(List.of(2), List.of());
    assertThat(FinishedArms.of(resumed.context(StageName.EVALUATE, "x")).file(Arm.GENERATED, 1))
        .isNotEqualTo(FinishedArms.of(strict).file(Arm.GENERATED, 1));
  }

  @Test
  void recordsWhatEveryRunTriedAndChoseOnTune() {
    EvaluateRuns choosing = new EvaluateRuns(new TinyWorld(true), work);
    choosing.arms = List.of(new ArmSpec("real", 1), new ArmSpec("both", 1));
    choosing.choose = new Choose(List.of(8, 2), List.of(MixingRatio.EVEN, new MixingRatio(4, 1)));
    StageContext context = choosing.evaluate("choosing", EvaluateRuns.DIRECT);
    Evaluation evaluation = choosing.evaluation(context);
    ArmRun real = evaluation.utility().arm("real").orElseThrow().runs().get(0);
    assertThat(real.source()).isEqualTo(ArmRun.EXAMINER);
    assertThat(real.choice().tried()).extracting(Trial::steps).containsExactly(2L, 8L);
    ArmRun both = evaluation.utility().arm("both").orElseThrow().runs().get(0);
    assertThat(both.choice().tried())
        .extracting(trial -> trial.steps() + " " + trial.ratio())
        .containsExactly("2 4:1", "2 1:1", "8 4:1", "8 1:1");
    assertThat(both.choice().tried()).contains(both.choice().chosen());
    assertThat(both.choice().chosen().tuneAccuracy()).isGreaterThan(0.9);
    assertThat(evaluation.protocol().statements())
        .anyMatch(statement -> statement.contains("the most accurate on all real tune rows"));
    assertThat(EvaluateRuns.file(context, EvidencePage.FILE))
        .contains("Chosen on real tune rows: <b>real</b> 2 steps; <b>both</b> 2 steps at ")
        .doesNotContain("the same number of steps");
  }

  @Test
  void nothingToChooseLeavesNoTrace() {
    assertThat(runs.evaluateStage().fingerprintPart(runs.spec(), "").has("choose")).isFalse();
    assertThat(EvaluateRuns.file(first, Evaluation.FILE))
        .doesNotContain("choice")
        .contains("\"ratio\" : \"1:1\"");
    assertThat(EvaluateRuns.file(first, EvidencePage.FILE))
        .contains("for the same number of steps")
        .doesNotContain("Chosen on");
    EvaluateRuns choosing = new EvaluateRuns(new TinyWorld(true), work);
    choosing.choose = new Choose(List.of(2), List.of());
    JsonNode chosen = choosing.evaluateStage().fingerprintPart(choosing.spec(), "");
    choosing.choose = new Choose(List.of(2), List.of(new MixingRatio(4, 1)));
    assertThat(choosing.evaluateStage().fingerprintPart(choosing.spec(), "")).isNotEqualTo(chosen);
  }

  @Test
  void countsEveryEvaluationOfTheTestPartOnce() {
    int before = runs.evaluation(first).test().reads();
    EvaluateRuns other = new EvaluateRuns(new TinyWorld(true), work);
    other.arms = List.of();
    StageContext context = other.evaluate("other", EvaluateRuns.DIRECT);
    int reads = other.evaluation(context).test().reads();
    assertThat(reads).isGreaterThan(before);
    StageContext repeated = other.evaluate("repeated", EvaluateRuns.DIRECT);
    assertThat(other.evaluation(repeated).test().reads()).isEqualTo(reads);
    assertThat(other.evaluation(context).utility().arms()).isEmpty();
  }

  @Test
  void showsRealRowsOnlyWhenTheyMayLeave() {
    List<String> real = pictures();
    String open = EvaluateRuns.file(first, EvidencePage.FILE);
    assertThat(real.stream().filter(open::contains)).hasSizeGreaterThan(30);
    int start = open.indexOf("<section id=\"missed\"");
    String missed = open.substring(start, open.indexOf("</section>", start));
    assertThat(pictures(Part.TEST).filter(missed::contains)).isNotEmpty();
    assertThat(pictures(Part.TRAIN).filter(missed::contains)).isEmpty();
    List<MissedFigures> told = runs.evaluation(first).missed();
    assertThat(told)
        .extracting(MissedFigures::name)
        .containsExactly("dark", "grey & dull", "light");
    assertThat(told).allMatch(one -> one.ids().size() == Math.min(12, one.missed()));
    assertThat(told).anyMatch(one -> !one.ids().isEmpty());

    EvaluateRuns closed = new EvaluateRuns(new TinyWorld(false), work);
    closed.includeReal = false;
    closed.arms = List.of();
    StageContext alone = closed.augment().evaluate("closed", EvaluateRuns.DIRECT);
    assertThat(closed.evaluation(alone).missed())
        .hasSameSizeAs(told)
        .allMatch(one -> one.rows() > 0 && one.ids().isEmpty());
    String page = EvaluateRuns.file(alone, EvidencePage.FILE);
    assertThat(real.stream().filter(page::contains)).isEmpty();
    assertThat(page).contains("data:image/png;base64,").contains("tiny &lt;world&gt;");
  }

  @Test
  void showsRefusedRowsOnlyWhereRealOnesMayLeave() {
    List<String> real = pictures();
    String open = refusedCopies(true);
    assertThat(real.stream().filter(open::contains)).isNotEmpty();
    assertThat(refusedCopies(false))
        .contains("a refused candidate may be a copy of one")
        .containsPattern("novelty at least 0.2</h4><p>[1-9][0-9]* refused")
        .doesNotContain("data:image");
  }

  @Test
  void saysWhyThereAreNoFiguresWithoutTestRows() {
    EvaluateRuns none = new EvaluateRuns(new TinyWorld(false), work.resolve("no-test"));
    none.hasTest = false;
    none.arms = List.of(new ArmSpec("real", 1), new ArmSpec("classical", 1));
    none.gates =
        List.of(
            gate("real-accuracy", 0.5, Double.NaN, "", ""),
            gate("coverage", 0.5, Double.NaN, "", ""));
    StageContext context = none.augment().evaluate("none", EvaluateRuns.DIRECT);
    Evaluation evaluation = none.evaluation(context);
    assertThat(evaluation.utility().arm("real").orElseThrow().reason())
        .isEqualTo("there are no real test rows");
    assertThat(evaluation.gates())
        .extracting(GateResult::message)
        .containsExactly(
            "real-accuracy (overall) is undefined: there are no real test rows",
            "coverage (overall) is undefined: needs at least 6 real test rows; has 0");
    assertThat(EvaluateRuns.file(context, Evaluation.FILE)).doesNotContain("NaN");
    String page = EvaluateRuns.file(context, EvidencePage.FILE);
    assertThat(page.substring(0, page.indexOf("<section id=\"provenance\"")))
        .contains("there are no real test rows")
        .doesNotContainPattern("[^A-Za-z0-9+/]NaN");
  }

  @Test
  void saysWhyThereAreNoFiguresWhenNothingWasAccepted() {
    EvaluateRuns none = new EvaluateRuns(new TinyWorld(false), work);
    none.leastAgreement = 2;
    none.arms = List.of(new ArmSpec("real", 1), new ArmSpec("synthetic", 1));
    none.gates = List.of(gate("coverage", 0.5, Double.NaN, "", ""));
    StageContext context = none.augment().evaluate("none", EvaluateRuns.DIRECT);
    Evaluation evaluation = none.evaluation(context);
    var coverage = evaluation.metrics().overall().metrics().get("coverage");
    assertThat(coverage.before().isDefined()).isTrue();
    assertThat(coverage.after().reason()).isEqualTo("needs at least 6 accepted rows; has 0");
    assertThat(evaluation.copies().accepted().copied().reason()).isEqualTo("there are no rows");
    assertThat(evaluation.utility().arm("synthetic").orElseThrow().reason())
        .contains("no synthetic rows");
    assertThat(evaluation.gates().get(0).passed()).isFalse();
    assertThat(evaluation.gates().get(0).message()).contains("undefined");
    assertThat(EvaluateRuns.file(context, EvidencePage.FILE)).contains("no synthetic rows");
  }

  /** The part of the report that tells what each rule has refused. */
  private static String refusedCopies(boolean includeReal) {
    EvaluateRuns closed = new EvaluateRuns(new TinyWorld(true), work);
    closed.includeReal = includeReal;
    closed.refusesCopies = true;
    closed.arms = List.of();
    StageContext context = closed.augment().evaluate("copies-" + includeReal, EvaluateRuns.DIRECT);
    String page = EvaluateRuns.file(context, EvidencePage.FILE);
    int start = page.indexOf("Per rule, in order");
    return page.substring(start, page.indexOf("</section>", start));
  }

  private static Stream<String> pictures(Part part) {
    List<String> all = pictures();
    int from = part == Part.TRAIN ? 0 : TinyWorld.TRAIN + (part.ordinal() - 1) * TinyWorld.OTHER;
    int count = part == Part.TRAIN ? TinyWorld.TRAIN : TinyWorld.OTHER;
    return all.subList(from, from + count).stream();
  }

  private static List<String> pictures() {
    Modality modality = Modalities.get("image");
    List<String> pictures = new ArrayList<>();
    for (Part part : Part.values()) {
      var rows = TinyWorld.rows(part);
      for (int row = 0; row < rows.size(); row++) {
        byte[] payload =
            modality.codec(TinyWorld.SCHEMA).encode(rows.values(), row * TinyWorld.ROW);
        pictures.add(Base64.getEncoder().encodeToString(payload));
      }
    }
    return pictures;
  }

  private static GateSpec gate(
      String metric, double min, double max, String relativeTo, String perClass) {
    return new GateSpec(metric, min, max, relativeTo, perClass, 1);
  }
}
