package dev.graft.model.nn;

import dev.graft.data.GraftException;
import dev.graft.data.Progress;
import dev.graft.model.Checkpoints;
import dev.graft.model.FittedModel;
import dev.graft.model.FittedModel.HistoryPoint;
import dev.graft.model.ModelDefinition;
import dev.graft.model.TrainingPaused;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.TrainingState.Counters;
import dev.graft.model.watch.CollapseWatch;
import dev.graft.model.watch.CollapseWatch.Raised;
import dev.graft.model.watch.WatchStory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a {@link Learner}: evaluation on tune rows, the best weights kept, early stop,
 * checkpoints. A training that goes on from any checkpoint ends with the same bits.
 *
 * <p>A generator is watched as its definition says ({@code training.watch}): on an alarm the
 * learner is put back to the best evaluation that showed nothing wrong, or to the start where there
 * was none, and goes on with safer settings and fresh optimizers for the steps that are left. A
 * second alarm ends the training, and what it leaves is marked as collapsed.
 */
public final class TrainingLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);
  private static final long REPORT_EVERY = 10;

  private final TrainingRun run;
  private final Checkpoints checkpoints;
  private final Start start;
  private final LoopWatch watch;
  private TrainingSettings settings;
  private Learner learner;

  private final List<HistoryPoint> history = new ArrayList<>();
  private final SortedMap<String, Double> sums = new TreeMap<>();
  private SortedMap<String, Tensor> best = new TreeMap<>();
  private Map<String, Double> bestFigures = Map.of();
  private long step;
  private long summed;
  private long bestStep;
  private int sinceBest;

  /** Makes what is trained. */
  @FunctionalInterface
  public interface Start {
    /**
     * @param run whose definition has safer settings after a restart
     * @param settings of that definition, and the step that this stretch begins at
     * @param saved {@link Learner#state} or {@link Learner#footing} to go on from; empty for random
     *     weights
     */
    Learner learner(TrainingRun run, TrainingSettings settings, SortedMap<String, Tensor> saved);
  }

  /**
   * What a training ends with.
   *
   * @param weights by name
   * @param history figures by step
   * @param bestStep the step whose weights these are
   * @param figures tune figures of these weights
   * @param watch what was seen of it; null where nobody looked
   */
  public record Result(
      SortedMap<String, Tensor> weights,
      List<HistoryPoint> history,
      long bestStep,
      Map<String, Double> figures,
      WatchStory watch) {

    /** As a model of these weights and others that inference needs. */
    public FittedModel fitted(Map<String, Tensor> more) {
      SortedMap<String, Tensor> tensors = new TreeMap<>(weights);
      tensors.putAll(more);
      return new FittedModel(
          Safetensors.of(tensors, Map.of()).encode(), history, bestStep, figures, watch);
    }
  }

  /** Prepares a training that nobody watches, from the latest checkpoint if there is one. */
  public TrainingLoop(TrainingRun run, Start start) throws IOException {
    this(run, start, null);
  }

  /**
   * Prepares a training, from the latest checkpoint if there is one.
   *
   * @param watched what its family does for the watch; null for none
   */
  public TrainingLoop(TrainingRun run, Start start, Watched watched) throws IOException {
    this.run = run;
    this.checkpoints = run.checkpoints();
    this.start = start;
    this.settings = TrainingSettings.of(run.definition().training());
    this.watch = watched == null ? null : LoopWatch.of(run, watched).orElse(null);
    Optional<TrainingState> saved =
        checkpoints.latest().map(checkpoint -> TrainingState.decode(checkpoint.state()));
    saved.ifPresent(this::resume);
    learner = learner(saved.map(TrainingState::learner).orElseGet(TreeMap::new));
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
    if (watch != null && counters.watch() != null) {
      watch.restore(counters.watch(), state.footing());
    }
    LOG.info("{}: goes on from step {}", run.task(), step);
  }

  /** By the definition of the stretch that is under way. */
  private Learner learner(SortedMap<String, Tensor> saved) {
    boolean again = watch != null && watch.restarted();
    ModelDefinition definition = again ? watch.safer() : run.definition();
    settings = TrainingSettings.of(definition.training());
    return start.learner(
        run.with(definition), again ? settings.startingAt(watch.restartedAt()) : settings, saved);
  }

  /**
   * Trains to the end.
   *
   * @throws TrainingPaused where the run is to pause
   */
  public Result run() throws IOException {
    boolean stopped = false;
    while (step < end() && !stopped) {
      Map<String, Double> figures = learner.update(step);
      step++;
      Raised raised = losses(figures);
      boolean evaluated = step % settings.evalEvery() == 0 || step == settings.steps();
      if (raised == null && evaluated) {
        raised = evaluate();
        stopped = settings.patience() > 0 && sinceBest >= settings.patience();
      }
      if (raised != null) {
        stopped = !goOn(raised);
      }
      if (step % settings.checkpointEvery() == 0 && step < settings.steps() && !stopped) {
        checkpoints.save(new Checkpoints.Checkpoint(step, state().encode()));
      }
      if (step % REPORT_EVERY == 0 || step == settings.steps()) {
        Progress.report(
            run.task(),
            step,
            settings.steps(),
            "steps",
            String.format(Locale.ROOT, "loss %.4g", figures.get("train-loss")));
      }
    }
    if (run.until() > 0) {
      if (step < settings.steps() && !stopped) {
        checkpoints.save(new Checkpoints.Checkpoint(step, state().encode()));
      }
      throw new TrainingPaused(history, bestStep, story());
    }
    return new Result(best, List.copyOf(history), bestStep, bestFigures, story());
  }

  private long end() {
    return run.until() > 0 ? Math.min(run.until(), settings.steps()) : settings.steps();
  }

  private WatchStory story() {
    return watch == null ? null : watch.story();
  }

  /** Takes in the losses of a step; gives what is wrong with them, null for nothing. */
  private Raised losses(Map<String, Double> figures) {
    figures.forEach((name, value) -> sums.merge(name, value, Double::sum));
    summed++;
    if (watch != null) {
      return watch.losses(figures);
    }
    figures.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw hopeless(name + " is " + value);
          }
        });
    return null;
  }

  private GraftException hopeless(String what) {
    return GraftException.usage(
        "%s: %s at step %d; lower training.learning-rate (%s) or set training.clip",
        run.task(), what, step, settings.learningRate());
  }

  /** Gives what is wrong, null for nothing. */
  private Raised evaluate() throws IOException {
    Map<String, Double> figures = learner.evaluate();
    SortedMap<String, Double> values = new TreeMap<>(figures);
    SortedMap<String, Double> means = new TreeMap<>();
    sums.forEach((name, sum) -> means.put(name, sum / summed));
    values.putAll(means);
    forgetSums();
    CollapseWatch.Look look = null;
    if (watch != null) {
      look = watch.look(learner, settings, step, figures, means);
      values.putAll(look.figures());
    }
    if (values.values().stream().allMatch(Double::isFinite)) {
      history.add(new HistoryPoint(step, values));
    }
    LOG.info("{}: step {} {}", run.task(), step, values);
    if (look != null && look.alarm() != null) {
      return look.alarm();
    }
    keep(figures, look);
    return null;
  }

  private void forgetSums() {
    sums.clear();
    summed = 0;
  }

  private void keep(Map<String, Double> figures, CollapseWatch.Look look) {
    boolean better =
        bestFigures.isEmpty()
            || !suspicious(look) && (!settings.keepsBest() || learner.better(figures, bestFigures));
    if (better) {
      best = learner.result();
      bestFigures = Map.copyOf(figures);
      bestStep = step;
      sinceBest = 0;
    } else {
      sinceBest++;
    }
    if (look != null && look.healthy()) {
      watch.stand(learner, figures, step);
    }
  }

  private static boolean suspicious(CollapseWatch.Look look) {
    return look != null && look.suspicious();
  }

  /** Rolls back after an alarm; gives whether training goes on. */
  private boolean goOn(Raised raised) {
    forgetSums();
    sinceBest = 0;
    boolean again = watch.canRestart() && step < settings.steps();
    if (!again && watch.footing() == null && best.isEmpty()) {
      throw hopeless(raised.seen());
    }
    watch.raised(raised, step, again, bestStep);
    learner.close();
    learner = learner(watch.footing() == null ? new TreeMap<>() : watch.footing().tensors());
    if (watch.footing() == null && again) {
      best = new TreeMap<>();
      bestFigures = Map.of();
    } else if (watch.footing() != null) {
      best = learner.result();
      bestFigures = watch.footing().figures();
      bestStep = watch.footing().step();
    }
    LOG.warn("{}: {}", run.task(), watch.lastEvent());
    return again;
  }

  private TrainingState state() {
    return new TrainingState(
        new Counters(
            step,
            Map.copyOf(sums),
            summed,
            List.copyOf(history),
            bestStep,
            bestFigures,
            sinceBest,
            watch == null ? null : watch.notes()),
        learner.state(),
        best,
        watch == null || watch.footing() == null ? new TreeMap<>() : watch.footing().tensors());
  }

  @Override
  public void close() {
    learner.close();
  }
}
