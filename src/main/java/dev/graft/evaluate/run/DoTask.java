package dev.graft.evaluate.run;

import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.evaluate.Metrics;
import dev.graft.evaluate.TestReads;
import dev.graft.evaluate.copies.CopyCheck;
import dev.graft.evaluate.copies.NearestRows;
import dev.graft.evaluate.quality.EnsembleFigures;
import dev.graft.evaluate.quality.ExaminedRows;
import dev.graft.evaluate.quality.MeasureEnsemble;
import dev.graft.evaluate.quality.MeasureQuality;
import dev.graft.evaluate.quality.MissedRows;
import dev.graft.evaluate.quality.QualityFigures;
import dev.graft.evaluate.quality.SubsetPlan;
import dev.graft.evaluate.run.EvaluateInputs.Role;
import dev.graft.evaluate.run.EvaluateRun.Draw;
import dev.graft.evaluate.utility.Arm;
import dev.graft.evaluate.utility.ArmAugmentation;
import dev.graft.evaluate.utility.ArmRun;
import dev.graft.evaluate.utility.Learner;
import dev.graft.evaluate.utility.UtilityRows;
import dev.graft.modality.Modalities;
import dev.graft.modality.RowProfile;
import dev.graft.model.Classifier;
import dev.graft.model.LimitedClassifier;
import dev.graft.model.ModelDefinition;
import dev.graft.model.StoredModel;
import dev.graft.model.ensemble.Mixture;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the tasks of an evaluation, on whatever worker they land. */
public final class DoTask {
  private static final Logger LOG = LoggerFactory.getLogger(DoTask.class);

  private final EvaluateRun run;

  public DoTask(StageContext context, EvaluateInputs inputs) {
    this.run = EvaluateRun.of(context, inputs);
  }

  public TaskResult run(Task task) throws IOException {
    LOG.debug("{} {} {}", task.kind(), task.arm(), task.number());
    return switch (task.kind()) {
      case ARM -> TaskResult.of(task, arm(Arm.of(task.arm()), task.number()));
      case QUALITY -> quality(task);
      case ACCEPTED_COPIES -> {
        LabelledRows accepted = run.candidates().accepted();
        yield TaskResult.of(
            task, nearest(EvaluateRun.slice(accepted, task.number(), Task.ACCEPTED_PARTS)));
      }
      case TUNE_COPIES -> {
        LabelledRows tune = run.draw(Part.TUNE, CopyCheck.MOST_TUNE_ROWS, Draw.COPIES);
        yield TaskResult.of(task, nearest(EvaluateRun.slice(tune, task.number(), Task.TUNE_PARTS)));
      }
      case CANDIDATE_COPIES -> {
        LabelledRows drawn = run.candidates().sample().select(run.candidatePlan().overall());
        yield TaskResult.of(
            task, nearest(EvaluateRun.slice(drawn, task.number(), Task.CANDIDATE_PARTS)));
      }
    };
  }

  private TaskResult quality(Task task) {
    LabelledRows test = run.real(Part.TEST);
    TestReads.enter(
        run.context().workDirectory(), test, run.context().fingerprint(StageName.EVALUATE));
    Candidates candidates = run.candidates();
    LabelledRows tune = run.real(Part.TUNE);
    LabelledRows accepted = candidates.accepted();
    SubsetPlan acceptedPlan = run.plan(accepted.labels(), Draw.ACCEPTED);
    SubsetPlan testPlan = run.plan(test.labels(), Draw.TEST);
    SubsetPlan tunePlan = run.plan(tune.labels(), Draw.TUNE);
    Classifier examiner =
        new LimitedClassifier(
            run.inputs().examiner(run.context()), run.context().callLimit(), "the examiner");
    ExaminedRows examinedTest = ExaminedRows.of(examiner, testPlan, test.select(testPlan.rows()));
    ExaminedRows examinedTune = ExaminedRows.of(examiner, tunePlan, tune.select(tunePlan.rows()));
    ExaminedRows examinedAccepted =
        ExaminedRows.of(examiner, acceptedPlan, accepted.select(acceptedPlan.rows()));
    QualityFigures quality =
        new MeasureQuality(
                run.context().spec().evaluate().metrics().stream().map(Metrics::get).toList(),
                Modalities.get(run.schema().modality()).similarity(run.schema()),
                Modalities.get(run.schema().modality()).text(run.schema()),
                examinedTest,
                examinedTune,
                ExaminedRows.of(examiner, run.candidatePlan(), candidates.sample()),
                examinedAccepted)
            .measure(run.schema().classes());
    return TaskResult.of(
        task,
        quality,
        ensemble(examiner, examinedTest, examinedTune).orElse(null),
        MissedRows.of(run.classes(), examinedTest, examinedTune, examinedAccepted));
  }

  /** Of the members of an ensemble and of the whole; empty for other generators. */
  private Optional<EnsembleFigures> ensemble(
      Classifier examiner, ExaminedRows test, ExaminedRows tune) {
    StoredModel generator = run.inputs().model(run.context(), Role.GENERATOR);
    Optional<Mixture> mixture = Mixture.of(generator);
    if (mixture.isEmpty()) {
      return Optional.empty();
    }
    LabelledRows accepted = run.candidates().accepted();
    int[] members =
        new MemberRows(mixture.get(), generator.card().digest(), run.context().drawSeed())
            .of(accepted, run.candidates().table().size(), !run.schema().classes().isEmpty());
    int most = run.context().spec().evaluate().rows();
    int[] counts = new int[mixture.get().members().size()];
    Arrays.stream(members).forEach(member -> counts[member]++);
    SubsetPlan plan =
        SubsetPlan.of(members, counts.length, most, most, run.seed(), Draw.MEMBERS.ordinal());
    return Optional.of(
        new MeasureEnsemble(
                mixture.get(),
                counts,
                test,
                tune,
                ExaminedRows.of(examiner, plan, accepted.select(plan.rows())))
            .measure());
  }

  private NearestRows.Nearest nearest(byte[] queries) {
    LabelledRows train = run.real(Part.TRAIN);
    ModelDefinition examiner = definition(Role.EXAMINER);
    RowProfile profile = Modalities.get(run.schema().modality()).profile(run.schema());
    return new NearestRows(profile.of(train.values()), profile.length(), examiner.compute())
        .find(profile.of(queries));
  }

  private ModelDefinition definition(Role role) {
    return run.inputs().model(run.context(), role).card().definition();
  }

  private ArmRun arm(Arm arm, int seed) throws IOException {
    FinishedArms finished = FinishedArms.of(run.context());
    Optional<ArmRun> earlier = finished.find(arm, seed);
    if (earlier.isPresent()) {
      LOG.info("utility {} {}: trained by an earlier attempt or evaluation", arm.key(), seed);
      return earlier.get();
    }
    UtilityRows rows =
        new UtilityRows(
            run.real(Part.TRAIN),
            run.real(Part.TUNE),
            run.real(Part.TEST),
            run.candidates().accepted());
    ArmRun result = learner().run(arm, seed, rows);
    if (result.isDone()) {
      LOG.info("utility {} {}: accuracy {} on test", arm.key(), seed, result.accuracy());
    }
    finished.keep(arm, seed, result);
    return result;
  }

  private Learner learner() {
    StageContext context = run.context();
    ModelDefinition definition = ModelDefinition.of(context.spec().evaluate().utility().learner());
    StoredModel examiner = run.inputs().model(context, Role.EXAMINER);
    boolean sameData = examiner.card().dataDigest().equals(context.fingerprint(StageName.INGEST));
    // An examiner that was augmented has met the modality's own augmentation, not that of the spec.
    boolean sameRows =
        context.spec().evaluate().utility().classical() == null
            || !examiner.card().definition().training().path("augment").asBoolean();
    return new Learner(
        run.inputs().family(definition.family()),
        definition,
        context.spec().evaluate().utility().choose(),
        run.schema(),
        ArmAugmentation.of(context.spec(), run.schema()),
        run.seed(),
        sameData && sameRows ? Optional.of(examiner) : Optional.empty());
  }
}
