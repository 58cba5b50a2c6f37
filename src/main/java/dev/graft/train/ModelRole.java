package dev.graft.train;

import dev.graft.data.CounterRandom;
import dev.graft.model.Classifier;
import dev.graft.model.Sampler;
import dev.graft.spec.ModelsSpec;
import dev.graft.spec.ModelsSpec.ModelRef;
import java.util.Locale;

/** What a model of a run is for. */
enum ModelRole {
  GENERATOR(Sampler.class, "draws samples"),
  JUDGE(Classifier.class, "predicts classes"),
  EXAMINER(Classifier.class, "predicts classes");

  private static final long SEEDS = 0x726f6c65L;

  private final Class<? extends AutoCloseable> type;
  private final String ability;

  ModelRole(Class<? extends AutoCloseable> type, String ability) {
    this.type = type;
    this.ability = ability;
  }

  /** Lower-case name, as in folders and JSON. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What its models must be. */
  Class<? extends AutoCloseable> type() {
    return type;
  }

  String ability() {
    return ability;
  }

  ModelRef ref(ModelsSpec models) {
    return switch (this) {
      case GENERATOR -> models.generator();
      case JUDGE -> models.judge();
      case EXAMINER -> models.examiner();
    };
  }

  /** The seed of its training in a run. */
  long seed(long runSeed) {
    return CounterRandom.of(runSeed, SEEDS, ordinal()).bits(0);
  }
}
