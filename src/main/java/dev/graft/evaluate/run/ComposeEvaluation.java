package dev.graft.evaluate.run;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.evaluate.CodeVersions;
import dev.graft.evaluate.ControlFigures;
import dev.graft.evaluate.Evaluation;
import dev.graft.evaluate.Evaluation.Protocol;
import dev.graft.evaluate.SelectionFigures;
import dev.graft.evaluate.SelectionFigures.ClassSelection;
import dev.graft.evaluate.TestReads;
import dev.graft.evaluate.copies.CopyCheck;
import dev.graft.evaluate.copies.CopyFigures;
import dev.graft.evaluate.gate.GateFigures;
import dev.graft.evaluate.gate.Gates;
import dev.graft.evaluate.quality.MeasureQuality;
import dev.graft.evaluate.quality.MissedFigures;
import dev.graft.evaluate.quality.QualityFigures;
import dev.graft.evaluate.run.EvaluateInputs.Role;
import dev.graft.evaluate.run.Task.Kind;
import dev.graft.evaluate.utility.ArmRun;
import dev.graft.evaluate.utility.UtilityFigures;
import dev.graft.generate.SelectionSummary;
import dev.graft.modality.Modalities;
import dev.graft.modality.RowText;
import dev.graft.modality.text.TextDemands;
import dev.graft.model.ModelDefinition;
import dev.graft.model.StoredModel.ModelCard;
import dev.graft.select.SelectionRules;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.EvaluateSpec;
import dev.graft.spec.EvaluateSpec.ArmSpec;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Puts what the tasks found together. */
final class ComposeEvaluation {
  private static final String FIXED =
      "Utility: the learner's last weights after a fixed number of steps, tested on all real test"
          + " rows.";
  private static final String CHOSEN =
      "Utility: every run trains the learner with each number of steps and mixing ratio to choose"
          + " from and keeps the most accurate on all real tune rows (of equals the one with fewer"
          + " steps, then with more real rows); that one alone is tested, on all real test rows.";

  private final EvaluateRun run;
  private final StageContext context;

  ComposeEvaluation(EvaluateRun run) {
    this.run = run;
    this.context = run.context();
  }

  /**
   * @param results of all tasks, in order of their tasks
   * @param summary what AUGMENT says of its selection
   */
  Evaluation compose(List<TaskResult> results, SelectionSummary summary) {
    QualityFigures quality =
        results.stream()
            .map(TaskResult::quality)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow()
            .ordered(context.spec().evaluate().metrics());
    SelectionFigures selection = selection(summary);
    CopyFigures copies =
        CopyCheck.figures(
            run.real(Part.TRAIN).size(),
            squared(results, Kind.CANDIDATE_COPIES),
            squared(results, Kind.ACCEPTED_COPIES),
            squared(results, Kind.TUNE_COPIES));
    UtilityFigures utility =
        utility(results.stream().map(TaskResult::arm).filter(Objects::nonNull).toList());
    ModelCard generator = run.inputs().model(context, Role.GENERATOR).card();
    return new Evaluation(
        protocol(utility),
        CodeVersions.all(),
        parts(),
        selection,
        controls(),
        quality,
        missed(results),
        results.stream()
            .map(TaskResult::ensemble)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null),
        utility,
        copies,
        generator.watch(),
        generator.tuning(),
        Gates.check(
            context.spec().gates(),
            new GateFigures(quality, selection, copies, utility, generator.watch())),
        TestReads.enter(
            context.workDirectory(), run.real(Part.TEST), context.fingerprint(StageName.EVALUATE)));
  }

  private List<MissedFigures> missed(List<TaskResult> results) {
    LabelledRows test = run.real(Part.TEST);
    List<String> names = run.schema().classes();
    boolean told = context.spec().publish().includeReal();
    return results.stream()
        .filter(result -> result.missed() != null)
        .flatMap(result -> result.missed().stream())
        .map(
            one ->
                new MissedFigures(
                    names.isEmpty() ? "" : names.get(one.label()),
                    one.rows(),
                    one.missed(),
                    one.missedByReal(),
                    told
                        ? one.positions().stream().map(row -> test.ids().get(row).hex()).toList()
                        : List.of()))
        .toList();
  }

  private Map<String, ControlFigures> controls() {
    AugmentSpec augment = context.spec().augment();
    TextDemands demands = TextDemands.of(augment.controls(), augment.wording());
    DatasetSchema schema = run.schema();
    Optional<RowText> text = Modalities.get(schema.modality()).text(schema);
    return text.isEmpty() || demands.asked().isEmpty()
        ? Map.of()
        : ControlFigures.of(
            demands, text.get(), run.candidates().sample(), run.candidates().accepted());
  }

  private static long[] squared(List<TaskResult> results, Kind kind) {
    return results.stream()
        .filter(result -> result.task().kind() == kind)
        .flatMapToLong(result -> LongStream.of(result.nearest().squared()))
        .toArray();
  }

  private static SelectionFigures selection(SelectionSummary summary) {
    return new SelectionFigures(
        summary.classes().stream()
            .map(
                figures -> {
                  Map<String, Long> refused = new TreeMap<>(figures.rejections());
                  Long surplus = refused.remove(SelectionRules.SURPLUS);
                  return new ClassSelection(
                      figures.name(),
                      figures.wanted(),
                      figures.candidates(),
                      figures.accepted(),
                      surplus == null ? 0 : surplus,
                      refused);
                })
            .toList(),
        summary.service());
  }

  private UtilityFigures utility(List<ArmRun> runs) {
    EvaluateSpec.Utility spec = context.spec().evaluate().utility();
    ModelDefinition learner = ModelDefinition.of(spec.learner());
    UtilityFigures figures =
        UtilityFigures.of(
            learner.name(),
            learner.digest(),
            spec.arms().stream().map(ArmSpec::name).toList(),
            runs);
    return run.schema().labels().isEmpty() // sets of labels have figures of each label
        ? figures.withRarest(run.real(Part.TRAIN), run.schema().classes().size())
        : figures;
  }

  private Map<String, Integer> parts() {
    Map<String, Integer> rows = new TreeMap<>();
    for (Part part : Part.values()) {
      rows.put(part.key(), run.real(part).size());
    }
    return rows;
  }

  private Protocol protocol(UtilityFigures utility) {
    ModelCard examiner = run.inputs().model(context, Role.EXAMINER).card();
    return new Protocol(
        examiner.name(),
        examiner.digest(),
        MeasureQuality.NEIGHBOURS,
        context.spec().evaluate().rows(),
        MeasureQuality.MOST_PER_CLASS,
        context.spec().seed(),
        List.of(
            "Metrics compare features of the examiner, the layer before its logits. The examiner"
                + " was trained on real train rows only; nothing it says has fed back into"
                + " selection.",
            "Candidates (before selection) and accepted rows (after) are held against real test"
                + " rows, and real tune rows against the same test rows, at equal n: seeded subsets"
                + " of the size of the smallest set.",
            "Figures per class use rows of that class alone, so a small class has a small n and a"
                + " larger Fréchet distance.",
            "Copies: the exact nearest of all real train rows, by Euclidean distance of stored"
                + " values; the threshold is the distance of the nearest 1 % of real tune rows.",
            (utility.chosen() ? CHOSEN : FIXED)
                + " "
                + utility.mixing()
                + " Seeds vary the learner alone.",
            "Intervals are Student's, 95 %, over runs; gains are paired by run number."));
  }

  /** What AUGMENT says of its selection. */
  static SelectionSummary summary(StageContext context) {
    return Json.read(
        Storage.read(context.input(StageName.AUGMENT).file("selection.json")),
        SelectionSummary.class);
  }
}
