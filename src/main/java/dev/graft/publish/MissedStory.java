package dev.graft.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Real test rows of one class that no published row comes near, as EVALUATE has told them.
 *
 * @param name of the class; empty where there are none
 * @param rows real test rows looked at
 * @param missed how many of them are missed
 * @param missedByReal how many as many unseen real rows miss
 * @param examples some of them; none unless the dataset holds test rows
 */
public record MissedStory(
    String name, int rows, int missed, int missedByReal, List<Example> examples) {
  public MissedStory {
    examples = List.copyOf(examples);
  }

  /**
   * @param id of the row
   * @param payload stored form
   */
  public record Example(String id, byte[] payload) {}

  /** The published rows among those that are missed. */
  static final class Search {
    private final JsonNode told;
    private final Set<String> wanted = new HashSet<>();
    private final Map<String, byte[]> found = new HashMap<>();

    /**
     * @param directory of a dataset; without figures in it nothing is told
     */
    Search(String directory) {
      String metrics = Storage.resolve(directory, "metrics.json");
      JsonNode figures =
          Storage.exists(metrics)
              ? Json.read(Storage.read(metrics), JsonNode.class)
              : MissingNode.getInstance();
      this.told = figures.path("missed");
      told.forEach(one -> one.path("ids").forEach(id -> wanted.add(id.asText())));
    }

    /** Looks at one published real row. */
    void look(String id, byte[] payload) {
      if (wanted.contains(id)) {
        found.put(id, payload);
      }
    }

    /** By class, in the order of the figures. */
    List<MissedStory> stories() {
      List<MissedStory> stories = new ArrayList<>();
      for (JsonNode one : told) {
        List<Example> examples = new ArrayList<>();
        for (JsonNode id : one.path("ids")) {
          if (found.containsKey(id.asText())) {
            examples.add(new Example(id.asText(), found.get(id.asText())));
          }
        }
        stories.add(
            new MissedStory(
                one.path("name").asText(),
                one.path("rows").asInt(),
                one.path("missed").asInt(),
                one.path("missed-by-real").asInt(),
                examples));
      }
      return stories;
    }
  }
}
