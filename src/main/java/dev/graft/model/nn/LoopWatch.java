package dev.graft.model.nn;

import dev.graft.model.DerivingSampler;
import dev.graft.model.ModelDefinition;
import dev.graft.model.Sampler;
import dev.graft.model.TrainingRun;
import dev.graft.model.watch.CollapseWatch;
import dev.graft.model.watch.CollapseWatch.Look;
import dev.graft.model.watch.CollapseWatch.Raised;
import dev.graft.model.watch.WatchSettings;
import dev.graft.model.watch.WatchStory;
import dev.graft.model.watch.WatchStory.Event;
import dev.graft.model.watch.WatchStory.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The watch of one {@link TrainingLoop}: what it saw, and where the training can be put back to.
 */
final class LoopWatch {
  private static final long NEVER = -1;

  private final TrainingRun run;
  private final Watched watched;
  private final CollapseWatch watch;
  private final List<Event> events = new ArrayList<>();
  private Footing footing;
  private long restartedAt = NEVER;
  private boolean ended;

  /**
   * An evaluation that showed nothing wrong.
   *
   * @param step of it
   * @param figures on tune rows
   * @param tensors {@link Learner#footing}
   */
  record Footing(long step, Map<String, Double> figures, SortedMap<String, Tensor> tensors) {}

  /**
   * What a checkpoint holds of it, but for the tensors.
   *
   * @param restartedAt step of the restart, -1 before
   * @param footingStep of the footing, -1 without
   */
  record Notes(
      long restartedAt,
      List<Event> events,
      long footingStep,
      Map<String, Double> footingFigures,
      CollapseWatch.State watch) {}

  private LoopWatch(TrainingRun run, Watched watched, CollapseWatch watch) {
    this.run = run;
    this.watched = watched;
    this.watch = watch;
  }

  /** Empty where the definition wants none. */
  static Optional<LoopWatch> of(TrainingRun run, Watched watched) {
    return WatchSettings.of(run.definition().training())
        .map(settings -> new LoopWatch(run, watched, new CollapseWatch(run, settings)));
  }

  Raised losses(Map<String, Double> figures) {
    return watch.losses(figures);
  }

  /**
   * Looks at an evaluation.
   *
   * @param figures on tune rows
   * @param means of the training figures since the last one
   */
  Look look(
      Learner learner,
      TrainingSettings settings,
      long step,
      Map<String, Double> figures,
      Map<String, Double> means)
      throws IOException {
    for (Map.Entry<String, Double> figure : figures.entrySet()) {
      if (!Double.isFinite(figure.getValue())) {
        return new Look(
            Map.of(), false, true, CollapseWatch.notFinite(figure.getKey(), figure.getValue()));
      }
    }
    byte[] drawn = null;
    if (watch.comparesRows()) {
      Optional<Sampler> opened = watched.opening().open(learner.result());
      if (opened.isPresent()) {
        try (Sampler sampler = opened.get()) {
          drawn =
              watched.together()
                  ? watch.drawTogether((DerivingSampler) sampler, watched.controls())
                  : watch.draw(sampler, watched.controls());
        }
      }
    }
    return watch.look(
        step, settings.evalEvery(), settings.steps(), drawn, learner.saturation(means));
  }

  /** Takes an evaluation that shows nothing wrong as a place to go back to, if it is the best. */
  void stand(Learner learner, Map<String, Double> figures, long step) {
    if (footing == null || learner.better(figures, footing.figures())) {
      footing = new Footing(step, Map.copyOf(figures), learner.footing());
    }
  }

  Footing footing() {
    return footing;
  }

  boolean canRestart() {
    return watch.restarts() && !restarted();
  }

  boolean restarted() {
    return restartedAt != NEVER;
  }

  long restartedAt() {
    return restartedAt;
  }

  ModelDefinition safer() {
    return watched.safer().apply(run.definition());
  }

  /**
   * Notes an alarm and what follows.
   *
   * @param again whether the training goes on
   * @param bestStep whose weights stay where there is no footing
   */
  void raised(Raised raised, long step, boolean again, long bestStep) {
    String back =
        footing != null
            ? "rolled back to step " + footing.step()
            : again ? "rolled back to the start" : "the weights of step " + bestStep + " stay";
    boolean takenBack = !again && !restarted() && watch.restarts() && footing != null;
    String then =
        again
            ? "restarted with " + SaferTraining.changes(run.definition(), safer())
            : takenBack ? "no steps are left" : "ended and marked as collapsed";
    events.add(new Event(step, raised.alarm().key(), raised.seen(), back + ", " + then));
    if (again) {
      restartedAt = step;
      watch.restart(footing != null);
    } else {
      ended = !takenBack;
    }
  }

  /** In a sentence. */
  String lastEvent() {
    Event event = events.get(events.size() - 1);
    return String.format(
        Locale.ROOT,
        "alarm at step %d: %s (%s); %s",
        event.step(),
        event.alarm(),
        event.seen(),
        event.done());
  }

  WatchStory story() {
    return new WatchStory(
        ended ? Verdict.COLLAPSED : events.isEmpty() ? Verdict.HEALTHY : Verdict.RECOVERED,
        events,
        watch.reference());
  }

  Notes notes() {
    return new Notes(
        restartedAt,
        List.copyOf(events),
        footing == null ? NEVER : footing.step(),
        footing == null ? Map.of() : footing.figures(),
        watch.state());
  }

  /** Goes on from {@link #notes}. */
  void restore(Notes notes, SortedMap<String, Tensor> tensors) {
    restartedAt = notes.restartedAt();
    events.addAll(notes.events());
    if (notes.footingStep() != NEVER) {
      footing = new Footing(notes.footingStep(), notes.footingFigures(), tensors);
    }
    watch.restore(notes.watch());
  }
}
