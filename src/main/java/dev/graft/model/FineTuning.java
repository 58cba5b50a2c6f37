package dev.graft.model;

import java.util.ArrayList;
import java.util.List;

/** Training a stored model further: by its own definition, but for what the user says. */
public final class FineTuning {
  private static final String STEPS = "steps=";
  private static final int SHARE = 5;

  private FineTuning() {}

  /**
   * The definition of the further training.
   *
   * @param shownAs the model as the user named it, for messages
   * @param settings {@code steps=500}: keys of {@code training}; without steps, a fifth of the
   *     model's own
   * @throws dev.graft.data.GraftException (exit 2) with the allowed values of every problem
   */
  public static ModelDefinition definition(
      ModelDefinition stored, String shownAs, List<String> settings) {
    List<String> changes = new ArrayList<>();
    if (settings.stream().noneMatch(setting -> setting.startsWith(STEPS))) {
      long steps = Math.max(1, stored.training().get("steps").longValue() / SHARE);
      changes.add("training." + STEPS + steps);
    }
    settings.forEach(setting -> changes.add("training." + setting));
    return DefinitionReader.changed(stored, shownAs, changes);
  }
}
