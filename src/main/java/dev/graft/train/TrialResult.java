package dev.graft.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.model.TrainingPaused;
import dev.graft.model.TuneFigure;
import dev.graft.model.tune.TuningStory.Point;
import java.util.List;

/**
 * What a trial of a tuning has reached at the end of a rung.
 *
 * @param score figure on tune rows of the weights that training would keep; null where it ended
 * @param ended why it cannot go on; empty where nothing is wrong
 * @param curve the figure at every evaluation so far
 */
record TrialResult(
    @JsonInclude(JsonInclude.Include.NON_NULL) Double score, String ended, List<Point> curve) {
  TrialResult {
    curve = List.copyOf(curve);
  }

  static TrialResult of(TrainingPaused paused, TuneFigure figure) {
    String name = figure.name();
    List<Point> curve =
        paused.history().stream()
            .filter(point -> point.values().containsKey(name))
            .map(point -> new Point(point.step(), point.values().get(name)))
            .toList();
    if (paused.watch() != null && paused.watch().collapsed()) {
      return new TrialResult(
          null,
          paused.watch().events().stream()
              .reduce((before, last) -> last)
              .map(last -> "collapsed at step " + last.step() + ": " + last.seen())
              .orElse("collapsed"),
          curve);
    }
    return curve.stream()
        .filter(point -> point.step() == paused.bestStep())
        .findFirst()
        .map(point -> new TrialResult(point.value(), "", curve))
        .orElseGet(
            () -> new TrialResult(null, "has no " + name + " of its best evaluation", curve));
  }

  static TrialResult failed(String why) {
    return new TrialResult(null, why, List.of());
  }
}
