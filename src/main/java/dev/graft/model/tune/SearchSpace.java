package dev.graft.model.tune;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.CounterRandom;
import dev.graft.data.json.Json;
import dev.graft.model.ModelDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the settings of a definition may be looked for: the section {@code tune} of the definition.
 *
 * @param ranges by the place of the key, such as {@code training.learning-rate}
 */
public record SearchSpace(SortedMap<String, SearchRange> ranges) {
  private static final int MOST_DRAWS = 1000;

  /** Reads a checked section. */
  public static SearchSpace of(JsonNode section) {
    SortedMap<String, SearchRange> ranges = new TreeMap<>();
    section
        .properties()
        .forEach(entry -> ranges.put(entry.getKey(), SearchRange.of(entry.getValue())));
    return new SearchSpace(ranges);
  }

  /** How many settings there are; empty when they cannot be counted. */
  public OptionalLong count() {
    long product = 1;
    for (SearchRange range : ranges.values()) {
      OptionalLong count = range.count();
      if (count.isEmpty() || count.getAsLong() > Long.MAX_VALUE / product) {
        return OptionalLong.empty();
      }
      product *= count.getAsLong();
    }
    return OptionalLong.of(product);
  }

  /**
   * The settings of trials: the first has the definition's own, the others are drawn, each unlike
   * those before it as long as there are others. A trial has the same settings however many there
   * are.
   *
   * @param seed decides the draws
   */
  public List<SortedMap<String, JsonNode>> trials(ModelDefinition own, int count, long seed) {
    List<SortedMap<String, JsonNode>> trials = new ArrayList<>();
    trials.add(of(own));
    Set<String> seen = new HashSet<>();
    seen.add(Json.canonical(trials.get(0)));
    for (int trial = 1; trial < count; trial++) {
      SortedMap<String, JsonNode> drawn = draw(seed, trial, 0);
      for (int again = 1; !seen.add(Json.canonical(drawn)) && again < MOST_DRAWS; again++) {
        drawn = draw(seed, trial, again);
      }
      trials.add(drawn);
    }
    return trials;
  }

  /** What a definition has at the keys. */
  private SortedMap<String, JsonNode> of(ModelDefinition definition) {
    JsonNode tree = Json.tree(definition);
    SortedMap<String, JsonNode> values = new TreeMap<>();
    ranges.keySet().forEach(key -> values.put(key, tree.at(pointer(key))));
    return values;
  }

  private SortedMap<String, JsonNode> draw(long seed, int trial, int again) {
    SortedMap<String, JsonNode> values = new TreeMap<>();
    ranges.forEach(
        (key, range) ->
            values.put(
                key,
                range.at(
                    CounterRandom.of(seed, trial, again).uniform(key.hashCode() & 0xffffffffL))));
    return values;
  }

  static String pointer(String key) {
    return "/" + key.replace('.', '/');
  }

  /** As {@code a.b.c=value} each. */
  public static List<String> settings(SortedMap<String, JsonNode> values) {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + Json.canonical(entry.getValue()))
        .toList();
  }
}
