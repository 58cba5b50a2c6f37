package dev.graft.evaluate.study;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.evaluate.TestReads;
import dev.graft.evaluate.run.AcceptedRows;
import dev.graft.evaluate.run.EvaluateInputs;
import dev.graft.evaluate.utility.Arm;
import dev.graft.evaluate.utility.ArmAugmentation;
import dev.graft.evaluate.utility.ArmRun;
import dev.graft.evaluate.utility.Learner;
import dev.graft.evaluate.utility.UtilityRows;
import dev.graft.model.ModelDefinition;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the tasks of a study, on whatever worker they land. */
final class DoStudyTask {
  /** How trainings of a study begin their names in reports of progress. */
  static final String TITLE = "study: ";

  private static final Logger LOG = LoggerFactory.getLogger(DoStudyTask.class);

  /** Synthetic rows that several tasks learn from are read once. */
  private static final Cache<String, LabelledRows> ACCEPTED =
      CacheBuilder.newBuilder().maximumSize(3).softValues().build();

  private final StageContext context;
  private final StudyScope scope;
  private final EvaluateInputs inputs;

  /**
   * @param context of the study's own stage
   */
  DoStudyTask(StageContext context, StudyScope scope, EvaluateInputs inputs) {
    this.context = context;
    this.scope = scope;
    this.inputs = inputs;
  }

  StudyTraining run(StudyTask task) throws IOException {
    Optional<StudyTraining> earlier = StudyTraining.find(scope.spec(), task);
    if (earlier.isPresent()) {
      LOG.debug("{}: trained before", task.text());
      return earlier.get();
    }
    StageContext point = task.inputs(context, scope.spec(), scope.study());
    DatasetSchema schema = inputs.schema(point);
    Arm arm = Arm.of(task.arm());
    LabelledRows train = inputs.rows(point, Part.TRAIN);
    LabelledRows test = inputs.rows(point, Part.TEST);
    UtilityRows rows =
        new UtilityRows(
            train,
            inputs.rows(point, Part.TUNE),
            test,
            arm.usesSynthetic()
                ? accepted(point, schema)
                : new LabelledRows(train.rowSize(), new byte[0], new int[0], List.of()));
    ModelDefinition learner = ModelDefinition.of(scope.spec().evaluate().utility().learner());
    ArmRun run =
        new Learner(
                inputs.family(learner.family()),
                learner,
                scope.study().choose(),
                schema,
                ArmAugmentation.of(scope.spec(), schema),
                point.spec().seed(),
                Optional.empty())
            .titled(TITLE + task.point().key() + " " + Ratios.named(task.arm(), task.ratio()))
            .run(arm, 0, rows);
    LOG.info("{}: {}", task.text(), run.isDone() ? "accuracy " + run.accuracy() : run.reason());
    StudyTraining training = new StudyTraining(run, TestReads.digest(test), test.size());
    training.keep(scope.spec(), task);
    return training;
  }

  private static LabelledRows accepted(StageContext point, DatasetSchema schema) {
    try {
      return ACCEPTED.get(
          point.directory(StageName.AUGMENT), () -> AcceptedRows.read(point, schema));
    } catch (UncheckedExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
