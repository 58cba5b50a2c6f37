package dev.graft.model.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import java.util.Optional;

/**
 * The section {@code training.watch} of a generator's definition.
 *
 * @param onAlarm {@code restart}: roll back and go on once with safer settings; {@code end}: end
 *     with the weights from before the alarm; {@code none}: nothing is watched
 * @param rows drawn at an evaluation, at most, and as many real ones of each side
 * @param secondHalf {@code alarm} or {@code wait}: whether a figure that was never within its bound
 *     counts in the second half of the training
 * @param evaluations in a row that show the same before it is an alarm
 */
public record WatchSettings(String onAlarm, int rows, String secondHalf, int evaluations) {
  /** Those of a definition; empty where nothing is to be watched. */
  public static Optional<WatchSettings> of(JsonNode training) {
    return Optional.ofNullable(training.get("watch"))
        .map(section -> Json.mapper().convertValue(section, WatchSettings.class))
        .filter(settings -> !settings.onAlarm.equals("none"));
  }

  /** Whether a generator that has learnt nothing by the second half of its training is broken. */
  boolean expectsToLearn() {
    return !"wait".equals(secondHalf);
  }

  /** Whether a training goes on after its first alarm. */
  public boolean restarts() {
    return onAlarm.equals("restart");
  }
}
