package dev.graft.model.nn;

import dev.graft.data.GraftException;
import dev.graft.data.Progress;
import dev.graft.model.Checkpoints;
import dev.graft.model.FittedModel;
import dev.graft.model.FittedModel.HistoryPoint;
import dev.graft.model.nn.TrainingState.Counters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a {@link Learner}: evaluation on tune rows, the best weights kept, early stop,
 * checkpoints. A training that goes on from any checkpoint ends with the same bits.
 */
public final class TrainingLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);
  private static final long REPORT_EVERY = 10;

  private final String task;
  private final TrainingSettings settings;
  private final Checkpoints checkpoints;
  private final Learner learner;

  private final List<HistoryPoint> history = new ArrayList<>();
  private final SortedMap<String, Double> sums = new TreeMap<>();
  private SortedMap<String, Tensor> best = new TreeMap<>();
  private Map<String, Double> bestFigures = Map.of();
  private long step;
  private long summed;
  private long bestStep;
  private int sinceBest;

  /**
   * What a training ends with.
   *
   * @param weights by name
   * @param history figures by step
   * @param bestStep the step whose weights these are
   * @param figures tune figures of these weights
   */
  public record Result(
      SortedMap<String, Tensor> weights,
      List<HistoryPoint> history,
      long bestStep,
      Map<String, Double> figures) {

    /** As a model of these weights and others that inference needs. */
    public FittedModel fitted(Map<String, Tensor> more) {
      SortedMap<String, Tensor> tensors = new TreeMap<>(weights);
      tensors.putAll(more);
      return new FittedModel(
          Safetensors.of(tensors, Map.of()).encode(), history, bestStep, figures);
    }
  }

  /**
   * Prepares a training, from the latest checkpoint if there is one.
   *
   * @param task name for progress
   * @param start makes the learner from its saved state; from an empty one for a start
   */
  public TrainingLoop(
      String task,
      TrainingSettings settings,
      Checkpoints checkpoints,
      Function<SortedMap<String, Tensor>, Learner> start)
      throws IOException {
    this.task = task;
    this.settings = settings;
    this.checkpoints = checkpoints;
    Optional<TrainingState> saved =
        checkpoints.latest().map(checkpoint -> TrainingState.decode(checkpoint.state()));
    saved.ifPresent(this::resume);
    learner = start.apply(saved.map(TrainingState::learner).orElseGet(TreeMap::new));
  }

  private void resume(TrainingState state) {
    Counters counters = state.counters();
    step = counters.step();
    sums.putAll(counters.sums());
    summed = counters.summed();
    history.addAll(counters.history());
    bestStep = counters.bestStep();
    bestFigures = counters.bestFigures();
    sinceBest = counters.sinceBest();
    best = state.best();
    LOG.info("{}: goes on from step {}", task, step);
  }

  /** Trains to the end. */
  public Result run() throws IOException {
    boolean stopped = false;
    while (step < settings.steps() && !stopped) {
      double loss = update();
      if (step % settings.evalEvery() == 0 || step == settings.steps()) {
        evaluate();
        stopped = settings.patience() > 0 && sinceBest >= settings.patience();
      }
      if (step % settings.checkpointEvery() == 0 && step < settings.steps() && !stopped) {
        checkpoints.save(new Checkpoints.Checkpoint(step, state().encode()));
      }
      if (step % REPORT_EVERY == 0 || step == settings.steps()) {
        Progress.report(
            task, step, settings.steps(), "steps", String.format(Locale.ROOT, "loss %.4g", loss));
      }
    }
    return new Result(best, List.copyOf(history), bestStep, bestFigures);
  }

  /** One update; gives its loss. */
  private double update() {
    Map<String, Double> figures = learner.update(step);
    figures.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw GraftException.usage(
                "%s: %s is %s at step %d; lower training.learning-rate (%s) or set training.clip",
                task, name, value, step + 1, settings.learningRate());
          }
          sums.merge(name, value, Double::sum);
        });
    step++;
    summed++;
    return figures.get("train-loss");
  }

  private void evaluate() {
    Map<String, Double> figures = learner.evaluate();
    SortedMap<String, Double> values = new TreeMap<>(figures);
    sums.forEach((name, sum) -> values.put(name, sum / summed));
    sums.clear();
    summed = 0;
    history.add(new HistoryPoint(step, values));
    LOG.info("{}: step {} {}", task, step, values);
    boolean better =
        bestFigures.isEmpty() || !settings.keepsBest() || learner.better(figures, bestFigures);
    if (better) {
      best = learner.result();
      bestFigures = Map.copyOf(figures);
      bestStep = step;
      sinceBest = 0;
    } else {
      sinceBest++;
    }
  }

  private TrainingState state() {
    return new TrainingState(
        new Counters(
            step, Map.copyOf(sums), summed, List.copyOf(history), bestStep, bestFigures, sinceBest),
        learner.state(),
        best);
  }

  @Override
  public void close() {
    learner.close();
  }
}
