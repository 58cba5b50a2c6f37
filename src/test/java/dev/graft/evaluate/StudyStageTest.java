package dev.graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.DatasetSchema;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.evaluate.run.EvaluateInputs;
import dev.graft.evaluate.study.StudyFigures;
import dev.graft.evaluate.study.StudyPage;
import dev.graft.evaluate.study.StudyScope;
import dev.graft.evaluate.study.StudyStage;
import dev.graft.evaluate.study.StudyTask;
import dev.graft.evaluate.study.StudyTasks;
import dev.graft.model.Classifier;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelFamily;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.runner.PipelineLauncher;
import dev.graft.runner.RunnerProfile;
import dev.graft.spec.EvaluateSpec.Choose;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.PublishSpec;
import dev.graft.spec.StudySpec;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The learners of a study as one stage, in the {@link TinyWorld}. */
class StudyStageTest {
  private static final int EVERY_ONE = Integer.MAX_VALUE;

  @TempDir Path folder;

  /** A world in which only so many learners can be trained before the worker is lost. */
  private record LosingWorld(TinyWorld world) implements EvaluateInputs {
    private static final AtomicInteger LEFT = new AtomicInteger();

    @Override
    public DatasetSchema schema(StageContext context) {
      return world.schema(context);
    }

    @Override
    public LabelledRows rows(StageContext context, Part part) {
      return world.rows(context, part);
    }

    @Override
    public Classifier examiner(StageContext context) {
      throw new AssertionError("a study asks no examiner");
    }

    @Override
    public StoredModel model(StageContext context, Role role) {
      throw new AssertionError("arms of real rows need no model");
    }

    @Override
    public ModelFamily<?> family(String name) {
      return new LosingFamily(new TinyFamily());
    }
  }

  private record LosingFamily(TinyFamily family) implements ModelFamily<Classifier> {
    @Override
    public String name() {
      return family.name();
    }

    @Override
    public String description() {
      return family.description();
    }

    @Override
    public Class<Classifier> modelType() {
      return family.modelType();
    }

    @Override
    public FittedModel fit(TrainingRun run) {
      if (LosingWorld.LEFT.getAndDecrement() <= 0) {
        throw new GraftException(ExitCode.TRANSIENT, "the worker is lost");
      }
      return family.fit(run);
    }

    @Override
    public Classifier open(StoredModel model) {
      return family.open(model);
    }
  }

  private static StudySpec study(int seeds, Integer... sizes) {
    return new StudySpec(
        List.of(sizes),
        List.of(1.0),
        seeds,
        List.of("real", "classical"),
        new Choose(List.of(2, 3), List.of()));
  }

  private PipelineSpec spec(String name) {
    PipelineSpec spec = new EvaluateRuns(new TinyWorld(false), folder).spec();
    return new PipelineSpec(
        spec.name(),
        spec.modality(),
        spec.seed(),
        spec.source(),
        spec.modalityOptions(),
        spec.split(),
        spec.models(),
        spec.augment(),
        spec.select(),
        spec.evaluate(),
        spec.gates(),
        new PublishSpec(folder.resolve(name).toString(), true, List.of(), 1000, "", false));
  }

  private StudyScope scope(String name, StudySpec study) {
    PipelineSpec spec = spec(name);
    List<StudyTask> tasks =
        new StudyTasks(
                spec,
                study,
                (point, ratio) ->
                    Map.of(
                        StageName.INGEST, Json.digest(point.key()),
                        StageName.TRAIN, Json.digest(List.of("train", point.key())),
                        StageName.AUGMENT, Json.digest(List.of(ratio, point.key()))))
            .all();
    return new StudyScope(spec, study, tasks);
  }

  private StageContext launch(StudyScope scope, String attempt, int learners, int parallelism) {
    LosingWorld.LEFT.set(learners);
    StudyStage stage =
        new StudyStage(
            scope,
            new LosingWorld(new TinyWorld(false)),
            figures -> "<html>" + figures.name() + "</html>");
    StageContext context =
        new StageContext(
            scope.spec(),
            "",
            Storage.resolve(scope.spec().publish().to(), ".graft/study/.graft"),
            folder.resolve("store").toString(),
            StageName.EVALUATE,
            attempt,
            Map.of(StageName.EVALUATE, Json.digest(stage.fingerprintPart(scope.spec(), ""))),
            false);
    new PipelineLauncher(
            RunnerProfile.bare("DirectRunner"), List.of("--targetParallelism=" + parallelism))
        .run("study-" + attempt, pipeline -> stage.build(pipeline, context));
    return context;
  }

  private static JsonNode figures(StageContext context) {
    return Json.read(
        Storage.read(Storage.resolve(context.attemptDirectory(), StudyFigures.FILE)),
        JsonNode.class);
  }

  private static int fitted() {
    return TinyFamily.FITTED.get();
  }

  private Set<Path> kept(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name + "/.graft/study/trainings"))) {
      return files.collect(Collectors.toCollection(HashSet::new));
    }
  }

  @Test
  void aStudyThatWasKilledGoesOnAndDoesNothingTwice() throws IOException {
    StudyScope scope = scope("killed", study(3, 50));
    int before = fitted();
    // Six tasks of two trainings each; three are done when the worker is lost.
    assertThatThrownBy(() -> launch(scope, "a", 6, 1)).hasMessageContaining("the worker is lost");
    assertThat(kept("killed")).hasSize(3);
    StageContext context = launch(scope, "b", EVERY_ONE, 1);
    assertThat(fitted() - before).isEqualTo(12);
    assertThat(kept("killed")).hasSize(6);
    assertThat(Outcome.read(context).orElseThrow().code()).isZero();
    assertThat(Storage.readText(Storage.resolve(context.attemptDirectory(), StudyPage.FILE)))
        .isEqualTo("<html>tiny <world></html>");
    StageContext whole = launch(scope("whole", study(3, 50)), "c", EVERY_ONE, 1);
    assertThat(figures(context)).isEqualTo(figures(whole));
  }

  @Test
  void anExtendedStudyDoesWhatIsNew() throws IOException {
    launch(scope("grown", study(2, 50)), "a", EVERY_ONE, 2);
    Set<Path> first = kept("grown");
    int before = fitted();
    launch(scope("grown", study(3, 50, 60)), "b", EVERY_ONE, 2);
    assertThat(fitted() - before).as("eight new tasks of two trainings").isEqualTo(16);
    assertThat(kept("grown")).hasSize(12).containsAll(first);
  }

  @Test
  void figuresAreTheSameAtAnyParallelismAndReadingsOfTestAreCounted() {
    StageContext one = launch(scope("one", study(3, 50)), "a", EVERY_ONE, 1);
    StageContext two = launch(scope("two", study(3, 50)), "b", EVERY_ONE, 2);
    assertThat(figures(one)).isEqualTo(figures(two));
    JsonNode test = figures(one).path("test");
    assertThat(test).hasSize(1);
    assertThat(test.at("/0/reads").asInt()).as("one for each task").isEqualTo(6);
    assertThat(test.at("/0/rows").asInt()).isEqualTo(TinyWorld.OTHER);
    JsonNode again = figures(launch(scope("one", study(3, 50)), "c", EVERY_ONE, 1));
    assertThat(again.at("/test/0/reads").asInt()).as("nothing was read again").isEqualTo(6);
  }
}
