package dev.graft.bench;

import dev.graft.data.Condition;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.StoredModel;
import dev.graft.model.StoredModel.ModelCard;
import java.nio.file.Path;
import java.util.List;

/**
 * Images per second of training and of drawing on one thread, for the generator of a definition.
 *
 * <p>Arguments: as of {@link TrainingBenchmark}.
 */
public final class FamilyBenchmark {
  private static final int BATCHES = 30;

  private FamilyBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    TrainingBenchmark.Trained trained =
        TrainingBenchmark.train(
            Path.of(arguments[0]),
            Integer.parseInt(arguments[1]),
            List.of(arguments).subList(2, arguments.length));
    draw(trained.definition(), trained.fitted());
  }

  private static void draw(ModelDefinition definition, FittedModel fitted) throws Exception {
    StoredModel stored =
        new StoredModel(
            new ModelCard(
                definition.name(),
                "",
                definition,
                BenchmarkInputs.SCHEMA,
                "",
                1,
                "",
                0,
                fitted.figures(),
                fitted.history()),
            fitted.weights());
    try (Sampler sampler = (Sampler) ModelFamilies.get(definition.family()).open(stored)) {
      int rows = sampler.batch();
      sampler.sample(Condition.ofLabel(0), 1, 0, rows, Controls.NONE);
      long start = System.nanoTime();
      for (int batch = 0; batch < BATCHES; batch++) {
        sampler.sample(Condition.ofLabel(1), 1, (long) batch * rows, rows, Controls.NONE);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "%s: drawing %,.0f images a second%n", definition.name(), BATCHES * rows / seconds);
    }
  }
}
