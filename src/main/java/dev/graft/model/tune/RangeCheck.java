package dev.graft.model.tune;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.spec.yaml.Document;
import dev.graft.spec.yaml.Positions;
import dev.graft.spec.yaml.Problems;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Checks the section {@code tune} of a definition beyond what its schema says: that each key is one
 * of the definition, may differ between trials, and that the family's schema allows the ends of its
 * range.
 */
public final class RangeCheck {
  private static final String SECTION = "/tune";

  /** What trials must have in common to be compared. */
  private static final Set<String> IN_COMMON =
      Set.of(
          "training.steps",
          "training.eval-every",
          "training.eval-rows",
          "training.checkpoint-every",
          "training.keep",
          "training.patience");

  private static final String WATCH = "training.watch";

  private final Document document;
  private final Problems problems;
  private final Consumer<String> trial;

  /**
   * @param document the definition, of its schema's shape
   * @param problems receives what is wrong
   * @param trial reads the definition with one more {@code a.b.c=value}; fails where that is
   *     refused
   */
  public RangeCheck(Document document, Problems problems, Consumer<String> trial) {
    this.document = document;
    this.problems = problems;
    this.trial = trial;
  }

  /** Adds what is wrong. */
  public void check() {
    if (document.at(SECTION).isEmpty()) {
      document.problem(
          problems,
          SECTION,
          "the definition has no ranges to look in; add a section such as tune:"
              + " {training.learning-rate: {from: 0.0003, to: 0.003, scale: log}}");
      return;
    }
    document
        .at(SECTION)
        .properties()
        .forEach(
            range -> {
              if (key(range.getKey()) && shape(range.getKey(), range.getValue())) {
                values(range.getKey(), range.getValue());
              }
            });
  }

  private boolean key(String key) {
    String place = place(key);
    if (IN_COMMON.contains(key) || key.startsWith(WATCH)) {
      document.problem(
          problems, place, "%s is what all trials have in common; leave its range out", key);
      return false;
    }
    boolean tunable = key.startsWith("training.") || key.startsWith("architecture.");
    if (!tunable || document.at(SearchSpace.pointer(key)).isMissingNode()) {
      document.problem(
          problems,
          place,
          "tune.%s is no key of the definition; write its place, such as training.learning-rate,"
              + " and give it a value there",
          key);
      return false;
    }
    if (document.at(SearchSpace.pointer(key)).isObject()) {
      document.problem(problems, place, "tune.%s is a section; give ranges of the keys in it", key);
      return false;
    }
    return true;
  }

  private boolean shape(String key, JsonNode range) {
    String place = place(key);
    boolean between = range.has("from") && range.has("to");
    boolean any = range.has("from") || range.has("to") || range.has("scale");
    if (range.has("of") ? any : !between) {
      document.problem(
          problems, place, "tune.%s must have either from and to, or of: [values]", key);
      return false;
    }
    if (!between) {
      return true;
    }
    double from = range.get("from").doubleValue();
    double to = range.get("to").doubleValue();
    if (from >= to) {
      document.problem(
          problems, place, "tune.%s goes from %s to %s; from must be below to", key, from, to);
      return false;
    }
    if (range.path("scale").asText("").equals("log") && from <= 0) {
      document.problem(
          problems,
          place,
          "tune.%s goes from %s on a logarithmic scale; it must begin above 0, or have scale:"
              + " linear",
          key,
          from);
      return false;
    }
    return true;
  }

  private void values(String key, JsonNode range) {
    for (JsonNode value : SearchRange.of(range).extremes()) {
      String setting = key + "=" + value;
      try {
        trial.accept(setting);
      } catch (GraftException e) {
        String mark = "--set " + setting + ": ";
        List<String> lines = e.getMessage().lines().toList();
        for (String line : lines) {
          document.problem(
              problems,
              place(key),
              "tune.%s: %s",
              key,
              line.startsWith(mark) ? line.substring(mark.length()) : line);
        }
      }
    }
  }

  private static String place(String key) {
    return Positions.child(SECTION, key);
  }
}
