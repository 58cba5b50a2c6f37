package dev.graft.bench;

import dev.graft.data.Part;
import dev.graft.model.Checkpoints;
import dev.graft.model.DefinitionReader;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Images per second of training on one thread: by the clock, and by the processor time of the
 * process, which counts less of what else the machine does. Timed is the middle half of the steps,
 * between checkpoints; of a BEGAN the game, without the steps before it. {@code
 * src/test/python/bench_training.py} holds the figures beside those of the same networks in
 * PyTorch, whose parameters must be as many.
 *
 * <p>Arguments: definition file, steps (of each part that is trained), then settings as in {@code
 * a.b=c}.
 */
public final class TrainingBenchmark {
  private static final String AUTOENCODER_STEPS = "autoencoder-steps";
  private static final String TOKENIZER_STEPS = "tokenizer-steps";
  private static final String LEARNER = "learner/";
  private static final String WEIGHTS = "weights/";

  private TrainingBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    train(file, Integer.parseInt(arguments[1]), List.of(arguments).subList(2, arguments.length));
  }

  /** Trains, and prints the speed of each part; of a model that is not trained, nothing. */
  static Trained train(Path file, int steps, List<String> settings) throws IOException {
    if (!DefinitionReader.read(file, settings).training().has("batch")) {
      ModelDefinition definition = DefinitionReader.read(file, settings);
      return new Trained(definition, fit(definition, Checkpoints.none()));
    }
    boolean phased = DefinitionReader.read(file, List.of()).training().has(TOKENIZER_STEPS);
    List<String> parts = phased ? List.of("-tokenizer", "-prior") : List.of("");
    List<String> all = new ArrayList<>();
    if (DefinitionReader.read(file, List.of()).training().has(AUTOENCODER_STEPS)) {
      all.add("training." + AUTOENCODER_STEPS + "=0");
    }
    if (phased) {
      all.add("training." + TOKENIZER_STEPS + "=" + steps);
    }
    all.add("training.steps=" + parts.size() * steps);
    all.add("training.eval-every=" + steps);
    all.add("training.checkpoint-every=" + steps / 4);
    all.addAll(settings);
    ModelDefinition definition = DefinitionReader.read(file, all);
    Marks marks = new Marks();
    FittedModel fitted = fit(definition, marks);
    long images = (steps / 4 * 3 - steps / 4) * definition.training().get("batch").longValue();
    for (int part = 0; part < parts.size(); part++) {
      Mark from = marks.at(part * steps + steps / 4);
      Mark to = marks.at(part * steps + steps / 4 * 3);
      System.out.printf(
          Locale.ROOT,
          "%s%s: %,d parameters, training %,.0f images a second, %,.0f a processor second%n",
          definition.name(),
          parts.get(part),
          to.parameters(),
          images * 1e9 / (to.begun() - from.ended()),
          images * 1e9 / (to.processorBegun() - from.processorEnded()));
    }
    return new Trained(definition, fitted);
  }

  private static FittedModel fit(ModelDefinition definition, Checkpoints checkpoints)
      throws IOException {
    return ModelFamilies.get(definition.family())
        .fit(
            new TrainingRun(
                "train",
                definition,
                BenchmarkInputs.SCHEMA,
                BenchmarkInputs.pictures(Part.TRAIN),
                BenchmarkInputs.pictures(Part.TUNE),
                1,
                checkpoints,
                null));
  }

  /** What was trained, and as what. */
  record Trained(ModelDefinition definition, FittedModel fitted) {}

  /** When a checkpoint was saved, in nanoseconds. */
  private record Mark(
      long parameters, long begun, long processorBegun, long ended, long processorEnded) {}

  private static final class Marks implements Checkpoints {
    private final Map<Long, Mark> marks = new LinkedHashMap<>();

    @Override
    public Optional<Checkpoint> latest() {
      return Optional.empty();
    }

    @Override
    public void save(Checkpoint checkpoint) {
      long begun = System.nanoTime();
      long processorBegun = Rate.processorNanos();
      long parameters =
          Safetensors.decode(checkpoint.state()).tensors().entrySet().stream()
              .filter(entry -> entry.getKey().startsWith(LEARNER))
              .filter(entry -> entry.getKey().contains(WEIGHTS))
              .mapToLong(entry -> entry.getValue().values().length)
              .sum();
      marks.put(
          checkpoint.step(),
          new Mark(parameters, begun, processorBegun, System.nanoTime(), Rate.processorNanos()));
    }

    Mark at(long step) {
      return marks.get(step);
    }
  }
}
