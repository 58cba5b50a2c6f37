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
 * @param evaluations in a row that show the same before it is an alarm
 */
public record WatchSettings(String onAlarm, int rows, int evaluations) {
  /** Those of a definition; empty where nothing is to be watched. */
  public static Optional<WatchSettings> of(JsonNode training) {
    return Optional.ofNullable(training.get("watch"))
        .map(section -> Json.mapper().convertValue(section, WatchSettings.class))
        .filter(settings -> !settings.onAlarm.equals("none"));
  }

  /** Whether a training goes on after its first alarm. */
  public boolean restarts() {
    return onAlarm.equals("restart");
  }
}
