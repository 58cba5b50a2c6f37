package dev.graft.bench;

import dev.graft.data.Condition;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.model.Checkpoints;
import dev.graft.model.DefinitionReader;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.StoredModel;
import dev.graft.model.StoredModel.ModelCard;
import dev.graft.model.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Images per second of training and of drawing on one thread, for the generator of a definition.
 * Two trainings of different lengths are timed, so that start and evaluation count for nothing.
 *
 * <p>Arguments: definition file, steps of the longer training, then settings as in {@code a.b=c}.
 */
public final class FamilyBenchmark {
  private static final int BATCHES = 30;

  private FamilyBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    int steps = Integer.parseInt(arguments[1]);
    List<String> settings = List.of(arguments).subList(2, arguments.length);
    LabelledRows train = BenchmarkInputs.pictures(Part.TRAIN);
    LabelledRows tune = BenchmarkInputs.pictures(Part.TUNE);
    ModelDefinition definition = definition(file, steps, settings);
    if (!definition.training().has("batch")) {
      draw(definition, fit(definition, train, tune));
      return;
    }
    fit(definition(file, steps / 4, settings), train, tune);
    long start = System.nanoTime();
    fit(definition(file, steps / 4, settings), train, tune);
    long middle = System.nanoTime();
    FittedModel fitted = fit(definition, train, tune);
    long end = System.nanoTime();
    double seconds = (end - middle - (middle - start)) / 1e9;
    int images = (steps - steps / 4) * definition.training().get("batch").intValue();
    System.out.printf("%s: training %,.0f images a second%n", definition.name(), images / seconds);
    draw(definition, fitted);
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

  private static ModelDefinition definition(Path file, int steps, List<String> settings) {
    if (DefinitionReader.read(file, List.of()).family().equals("classical")) {
      return DefinitionReader.read(file, settings);
    }
    List<String> all =
        new ArrayList<>(
            List.of(
                "training.steps=" + steps,
                "training.eval-every=" + steps,
                "training.checkpoint-every=" + (steps + 1)));
    all.addAll(settings);
    return DefinitionReader.read(file, all);
  }

  private static FittedModel fit(ModelDefinition definition, LabelledRows train, LabelledRows tune)
      throws IOException {
    ModelFamily<?> family = ModelFamilies.get(definition.family());
    return family.fit(
        new TrainingRun(
            "train", definition, BenchmarkInputs.SCHEMA, train, tune, 1, Checkpoints.none(), null));
  }
}
