package dev.graft.model;

import com.google.common.hash.Hashing;
import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/** What samplers that are conditioned on a class alone make of a {@link Condition}. */
public final class ClassCondition {
  private ClassCondition() {}

  /**
   * The class that a condition asks for; 0 for unlabelled data.
   *
   * @param classes that a model of this family knows
   * @throws GraftException (exit 2) when it asks for another, or for more than a class
   */
  public static int label(Condition condition, int classes, String family) {
    if (!condition.attributes().isEmpty()) {
      throw GraftException.usage(
          "a model of family %s is conditioned on the class alone; condition %s has attributes",
          family, condition.key());
    }
    int label = Math.max(0, condition.label());
    if (label >= classes) {
      throw GraftException.usage(
          "this model knows classes 0 to %d; class %d was asked for", classes - 1, label);
    }
    return label;
  }

  /** The randomness of each sample of a condition, by its index. */
  public static LongFunction<CounterRandom> random(Condition condition, long seed) {
    long key = Hashing.sha256().hashString(condition.key(), StandardCharsets.UTF_8).asLong();
    return index -> CounterRandom.of(seed, key, index);
  }

  /** The randomness of each sample from {@code firstIndex} on, by its place after it. */
  public static IntFunction<CounterRandom> random(Condition condition, long seed, long firstIndex) {
    LongFunction<CounterRandom> random = random(condition, seed);
    return place -> random.apply(firstIndex + place);
  }
}
