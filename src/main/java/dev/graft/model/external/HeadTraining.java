package dev.graft.model.external;

import ai.djl.ndarray.NDManager;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.model.FittedModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.external.LinearHead.Rows;
import dev.graft.model.nn.BatchOrder;
import dev.graft.model.nn.ObjectiveLearner;
import dev.graft.model.nn.TorchEngine;
import dev.graft.model.nn.TrainingLoop;
import dev.graft.model.nn.TrainingSettings;
import java.io.IOException;
import java.util.function.Function;

/** Fits a linear head to what a frozen network says of rows. */
public final class HeadTraining {
  private HeadTraining() {}

  /**
   * @param embeddings of rows, (rows, width)
   * @return the head and the standardisation before it; read back by {@link OpenHead}
   */
  public static FittedModel fit(
      TrainingRun run, Function<LabelledRows, float[]> embeddings, int width) throws IOException {
    if (run.definition().training().path("augment").asBoolean()) {
      throw GraftException.usage(
          "%s: a head on a network that stays as it is cannot learn from classical augmentation; take"
              + " a learner of family classifier or text-classifier",
          run.definition().name());
    }
    float[] ofTrain = embeddings.apply(run.train());
    Standardisation standard = Standardisation.of(ofTrain, width);
    Rows train = new Rows(standard.apply(ofTrain), run.train().labels(), run.train().targets());
    Rows tune = new Rows(standard.apply(embeddings.apply(run.tune())), run.tune().labels(), null);
    TrainingSettings settings = TrainingSettings.of(run.definition().training());
    try (NDManager manager = TorchEngine.newManager(run.definition().compute())) {
      LinearHead head =
          new LinearHead(
              manager,
              train,
              tune,
              run.schema().classes().size(),
              new BatchOrder(run.seed(), run.train().size(), settings.batch()),
              run.definition().compute().batch());
      try (TrainingLoop loop =
          new TrainingLoop(
              run,
              (stretch, stretchSettings, saved) ->
                  new ObjectiveLearner(
                      manager,
                      stretchSettings,
                      saved,
                      parameters -> head.declare(parameters, run.seed()),
                      head))) {
        return loop.run().fitted(standard.export());
      }
    }
  }
}
