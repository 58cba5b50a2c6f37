package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.data.GraftException;
import dev.graft.data.Progress;
import dev.graft.model.Checkpoints;
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
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains weights by an {@link Objective}: Adam, evaluation on tune rows, the best weights kept,
 * early stop, checkpoints. A training that goes on from any checkpoint ends with the same bits.
 */
public final class TrainingLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);
  private static final long REPORT_EVERY = 10;

  private final String task;
  private final TrainingSettings settings;
  private final LearningRate rate;
  private final Objective objective;
  private final Checkpoints checkpoints;
  private final NDManager manager;

  private final ParameterSet weights;
  private final Adam adam;
  private final Ema ema;
  private final NDArray one;

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
      Map<String, Double> figures) {}

  /**
   * Prepares a training, from the latest checkpoint if there is one.
   *
   * @param task name for progress
   * @param manager parent of all arrays
   * @param declare declares the network's parameters with their initial values
   */
  public TrainingLoop(
      String task,
      TrainingSettings settings,
      NDManager manager,
      Consumer<ParameterSet> declare,
      Objective objective,
      Checkpoints checkpoints)
      throws IOException {
    this.task = task;
    this.settings = settings;
    this.rate = settings.rate();
    this.objective = objective;
    this.checkpoints = checkpoints;
    this.manager = manager.newSubManager();
    this.one = this.manager.create(1f);
    Optional<TrainingState> saved =
        checkpoints.latest().map(checkpoint -> TrainingState.decode(checkpoint.state()));
    if (saved.isPresent()) {
      weights = ParameterSet.of(this.manager, saved.get().weights());
      adam = Adam.restore(this.manager, weights, saved.get().moments(), settings.clip());
      resume(saved.get());
    } else {
      weights = new ParameterSet(this.manager);
      declare.accept(weights);
      adam = new Adam(this.manager, weights, settings.clip());
    }
    ema =
        settings.ema() > 0
            ? new Ema(
                this.manager,
                saved.map(TrainingState::average).orElseGet(weights::export),
                settings.ema())
            : null;
    weights.requireGradients(true);
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

  /** One step of the optimizer; gives the loss before it. */
  private double update() {
    double total;
    try (GradMode on = GradMode.on();
        NDManager scope = manager.newSubManager()) {
      Objective.Loss loss = objective.loss(weights, scope, step);
      JniUtils.backward((PtNDArray) loss.total(), (PtNDArray) one, false, false);
      total = loss.total().getFloat();
      if (!Double.isFinite(total)) {
        throw GraftException.usage(
            "%s: the loss is %s at step %d; lower training.learning-rate (%s) or set training.clip",
            task, total, step + 1, settings.learningRate());
      }
      sums.merge("train-loss", total, Double::sum);
      loss.parts().forEach((name, part) -> sums.merge(name, (double) part.getFloat(), Double::sum));
    }
    adam.step(step + 1, rate.at(step));
    step++;
    summed++;
    if (ema != null) {
      ema.update(weights, step);
    }
    return total;
  }

  private void evaluate() {
    ParameterSet current = ema == null ? weights : ema.average();
    Map<String, Double> figures;
    try (GradMode off = GradMode.off()) {
      figures = objective.evaluate(current);
    }
    SortedMap<String, Double> values = new TreeMap<>(figures);
    sums.forEach((name, sum) -> values.put(name, sum / summed));
    sums.clear();
    summed = 0;
    history.add(new HistoryPoint(step, values));
    LOG.info("{}: step {} {}", task, step, values);
    boolean better =
        bestFigures.isEmpty() || !settings.keepsBest() || objective.better(figures, bestFigures);
    if (better) {
      best = current.export();
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
        weights.export(),
        ema == null ? new TreeMap<>() : ema.average().export(),
        adam.export(),
        best);
  }

  @Override
  public void close() {
    manager.close();
  }
}
