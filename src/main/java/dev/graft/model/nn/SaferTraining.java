package dev.graft.model.nn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.model.ModelDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The settings by which a training goes on after a collapse: half the learning rate, a clipped
 * gradient, and a warm-up of at least a hundred steps, for the optimizer's moments are fresh.
 * Families add what steadies them.
 */
public final class SaferTraining {
  private static final String RATE = "learning-rate";
  private static final String CLIP = "clip";
  private static final String WARM_UP = "warm-up";
  private static final long LEAST_WARM_UP = 100;
  private static final long SHARE_OF_STEPS = 20;

  private SaferTraining() {}

  /** What all families change. */
  public static ModelDefinition of(ModelDefinition definition) {
    return of(definition, training -> {});
  }

  /**
   * What all families change, and one of them.
   *
   * @param more changes its section {@code training}
   */
  public static ModelDefinition of(ModelDefinition definition, Consumer<ObjectNode> more) {
    ObjectNode training = definition.training().deepCopy();
    training.put(RATE, training.get(RATE).doubleValue() / 2);
    double clip = training.get(CLIP).doubleValue();
    training.put(CLIP, clip == 0 ? 1 : clip / 2);
    long warmUp = Math.min(LEAST_WARM_UP, training.get("steps").longValue() / SHARE_OF_STEPS);
    training.put(WARM_UP, Math.max(training.get(WARM_UP).longValue(), warmUp));
    more.accept(training);
    return new ModelDefinition(
        definition.name(),
        definition.family(),
        definition.architecture(),
        training,
        definition.compute());
  }

  /** Such as {@code clip 0 to 1, learning-rate 0.001 to 0.0005}. */
  static String changes(ModelDefinition from, ModelDefinition to) {
    List<String> changes = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    to.training().fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      JsonNode before = from.training().path(name);
      JsonNode after = to.training().get(name);
      if (!before.equals(after) && before.asDouble(Double.NaN) != after.asDouble()) {
        changes.add(name + " " + before.asText("none") + " to " + after.asText());
      }
    }
    return String.join(", ", changes);
  }
}
