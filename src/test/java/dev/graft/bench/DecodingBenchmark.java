package dev.graft.bench;

import dev.graft.data.Condition;
import dev.graft.data.DatasetSchema;
import dev.graft.model.Checkpoints;
import dev.graft.model.DefinitionReader;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.StoredModel;
import dev.graft.model.StoredModel.ModelCard;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.Safetensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tokens per second that a language model draws on one thread, by the clock and by processor time:
 * whole batches of texts of the most tokens, none of which may end before. The model is trained for
 * a moment, on requests to an assistant. {@code src/test/python/bench_decoding.py} holds the
 * figures beside those of the same network in PyTorch.
 *
 * <p>Arguments: definition file, batches, top-p (1 for all tokens), then settings as in {@code
 * a.b=c}.
 */
public final class DecodingBenchmark {
  private static final int ROW_SIZE = 1024;
  private static final List<String> CLASSES = List.of("request");
  private static final List<String> SHORT =
      List.of("training.steps=150", "training.eval-every=150", "training.warm-up=10");

  private DecodingBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    List<String> settings = new ArrayList<>(SHORT);
    settings.addAll(List.of(arguments).subList(3, arguments.length));
    ModelDefinition definition = DefinitionReader.read(Path.of(arguments[0]), settings);
    List<String> texts = RequestTexts.make();
    DatasetSchema schema = new DatasetSchema("text", List.of(ROW_SIZE), CLASSES);
    FittedModel fitted =
        ModelFamilies.get(definition.family())
            .fit(
                new TrainingRun(
                    "train",
                    definition,
                    schema,
                    RequestTexts.rows(texts.subList(100, texts.size()), ROW_SIZE),
                    RequestTexts.rows(texts.subList(0, 100), ROW_SIZE),
                    1,
                    Checkpoints.none(),
                    null));
    StoredModel stored =
        new StoredModel(
            new ModelCard(
                definition.name(),
                "",
                definition,
                schema,
                "",
                1,
                "",
                0,
                fitted.figures(),
                fitted.history()),
            fitted.weights());
    draw(
        stored,
        Integer.parseInt(arguments[1]),
        new Controls(
            Map.of("min-words", (double) ROW_SIZE, "top-p", Double.parseDouble(arguments[2]))));
  }

  private static void draw(StoredModel stored, int batches, Controls controls) throws Exception {
    ModelDefinition definition = stored.card().definition();
    try (Sampler sampler = (Sampler) ModelFamilies.get(definition.family()).open(stored)) {
      int rows = sampler.batch();
      for (int batch = 0; batch < batches / 2; batch++) {
        sampler.sample(Condition.ofLabel(0), 2, (long) batch * rows, rows, controls);
      }
      long begun = System.nanoTime();
      long processorBegun = Rate.processorNanos();
      for (int batch = 0; batch < batches; batch++) {
        sampler.sample(Condition.ofLabel(0), 1, (long) batch * rows, rows, controls);
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      double processorSeconds = (Rate.processorNanos() - processorBegun) / 1e9;
      long tokens = (long) batches * rows * definition.architecture().get("max-tokens").longValue();
      long parameters =
          Safetensors.decode(stored.weights()).tensors().values().stream()
              .mapToLong(tensor -> tensor.values().length)
              .sum();
      System.out.printf(
          Locale.ROOT,
          "%s: batches of %d, %,d parameters, drawing %,.0f tokens a second, %,.0f a processor"
              + " second%n",
          definition.name(),
          rows,
          parameters,
          tokens / seconds,
          tokens / processorSeconds);
    }
  }
}
