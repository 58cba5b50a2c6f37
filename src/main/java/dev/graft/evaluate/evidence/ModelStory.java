package dev.graft.evaluate.evidence;

import dev.graft.model.FittedModel.HistoryPoint;
import dev.graft.model.tune.TuningStory;
import dev.graft.model.watch.WatchStory;
import java.util.List;
import java.util.Map;

/**
 * A model of the run and how its training went.
 *
 * @param role {@code generator}, {@code judge} or {@code examiner}
 * @param name in the model store
 * @param family registered family
 * @param digest its version
 * @param bestStep step whose weights it has
 * @param figures final figures by name
 * @param history figures by step
 * @param watch what was seen of its training; null where nobody looked
 * @param tuning how its settings were chosen; null where they are its definition's own
 */
public record ModelStory(
    String role,
    String name,
    String family,
    String digest,
    long bestStep,
    Map<String, Double> figures,
    List<HistoryPoint> history,
    WatchStory watch,
    TuningStory tuning) {
  public ModelStory {
    history = List.copyOf(history);
  }
}
