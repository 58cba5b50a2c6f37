package dev.graft.model.watch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What was seen of a training: the section {@code watch} of a model's card. The figures over time
 * are in the history, as {@code watch-...}.
 *
 * @param verdict what came of it
 * @param events alarms in order
 * @param reference the figures of real train rows in the place of drawn ones, by name; empty where
 *     there were too few rows to compare
 */
public record WatchStory(Verdict verdict, List<Event> events, Map<String, Double> reference)
    implements Serializable {

  /** What came of a training. */
  public enum Verdict {
    /** No alarm. */
    HEALTHY,
    /** An alarm, and none after the restart; or one with no steps left, taken back. */
    RECOVERED,
    /** Ended by an alarm: not to be published. */
    COLLAPSED
  }

  /**
   * An alarm.
   *
   * @param step at which it was raised
   * @param alarm its name, such as {@code duplicates}
   * @param seen the figure, its bound and the same of real rows
   * @param done what followed
   */
  public record Event(long step, String alarm, String seen, String done) implements Serializable {}

  public WatchStory {
    events = List.copyOf(events);
    reference = Map.copyOf(reference);
  }

  /**
   * Of a model that holds others: as bad as the worst, with the events of all; null where nobody
   * looked at any.
   *
   * @param members in order, null for one that nobody looked at
   */
  public static WatchStory together(List<WatchStory> members) {
    Verdict worst = null;
    List<Event> all = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      WatchStory story = members.get(i);
      if (story != null) {
        worst = worst == null || story.verdict.compareTo(worst) > 0 ? story.verdict : worst;
        String prefix = "member-" + (i + 1) + ": ";
        for (Event event : story.events) {
          all.add(new Event(event.step, event.alarm, prefix + event.seen, event.done));
        }
      }
    }
    return worst == null ? null : new WatchStory(worst, all, Map.of());
  }

  @JsonIgnore
  public boolean collapsed() {
    return verdict == Verdict.COLLAPSED;
  }
}
