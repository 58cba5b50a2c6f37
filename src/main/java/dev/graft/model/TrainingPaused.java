package dev.graft.model;

import dev.graft.model.FittedModel.HistoryPoint;
import dev.graft.model.watch.WatchStory;
import java.util.List;

/**
 * Ends {@link ModelFamily#fit} of a run that was to pause, see {@link TrainingRun#pausingAt}: there
 * is no model yet, and the checkpoint of that step is saved.
 */
public final class TrainingPaused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<HistoryPoint> history;
  private final long bestStep;
  private final transient WatchStory watch;

  /**
   * @param history figures by step, so far
   * @param bestStep the step whose weights would be the result, so far
   * @param watch what was seen; null where nobody looked
   */
  public TrainingPaused(List<HistoryPoint> history, long bestStep, WatchStory watch) {
    super("a training paused", null, false, false);
    this.history = List.copyOf(history);
    this.bestStep = bestStep;
    this.watch = watch;
  }

  public List<HistoryPoint> history() {
    return history;
  }

  public long bestStep() {
    return bestStep;
  }

  public WatchStory watch() {
    return watch;
  }
}
