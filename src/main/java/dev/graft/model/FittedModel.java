package dev.graft.model;

import dev.graft.model.watch.WatchStory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of a training, not yet in the store.
 *
 * @param weights safetensors bytes: every tensor that inference needs, by name
 * @param history figures by step, for the loss curves
 * @param bestStep the step whose weights these are, by the tune figure
 * @param figures final figures, such as {@code tune-loss} or {@code tune-accuracy}
 * @param watch what was seen of the training; null where nobody looked
 */
public record FittedModel(
    byte[] weights,
    List<HistoryPoint> history,
    long bestStep,
    Map<String, Double> figures,
    WatchStory watch) {
  public FittedModel {
    history = List.copyOf(history);
    figures = Map.copyOf(figures);
  }

  /** Of a training that nobody watched. */
  public FittedModel(
      byte[] weights, List<HistoryPoint> history, long bestStep, Map<String, Double> figures) {
    this(weights, history, bestStep, figures, null);
  }

  /** The same with further final figures. */
  public FittedModel withFigures(Map<String, Double> more) {
    Map<String, Double> all = new HashMap<>(figures);
    all.putAll(more);
    return new FittedModel(weights, history, bestStep, all, watch);
  }

  /**
   * @param step training step
   * @param values figures by name: {@code train-loss}, {@code tune-loss}, ...
   */
  public record HistoryPoint(long step, Map<String, Double> values) {
    public HistoryPoint {
      values = Map.copyOf(values);
    }
  }
}
