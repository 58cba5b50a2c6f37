package dev.graft.model.classical;

import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import dev.graft.modality.image.operation.Policy;
import dev.graft.model.ClassCondition;
import dev.graft.model.Derivation;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.DerivingSampler;
import dev.graft.model.ModelDefinition;
import dev.graft.model.StoredModel;
import dev.graft.model.nn.ImageShape;
import java.util.function.LongFunction;

/**
 * Training images that have met a policy, each drawn by seed, condition and index alone.
 *
 * <p>Control {@code magnitude}: factor on all amounts of the policy, 0 or more; the definition's by
 * default.
 *
 * <p>A variation of strength s is its source after the policy at s times that magnitude; operations
 * that mix in another row leave it as it is. There are no paths and no class mixtures.
 */
final class ClassicalSampler implements DerivingSampler {
  static final String MAGNITUDE = "magnitude";

  private final Policy policy;
  private final ImageShape shape;
  private final KeptRows rows;
  private final int batch;

  ClassicalSampler(StoredModel model) {
    ModelDefinition definition = model.card().definition();
    this.shape = ImageShape.of(model.card().schema());
    this.policy =
        ClassicalArchitecture.of(definition.architecture()).policy(model.card().schema().classes());
    this.batch = definition.compute().batch();
    this.rows = KeptRows.of(model);
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public byte[] sample(
      Condition condition, long seed, long firstIndex, int count, Controls controls) {
    if (count < 0 || count > batch) {
      throw new IllegalArgumentException(count + " samples asked for; allowed: 0 to " + batch);
    }
    int label = ClassCondition.label(condition, rows.classes(), "classical");
    Policy now = policy(controls, 1);
    LongFunction<CounterRandom> randoms = ClassCondition.random(condition, seed);
    byte[] out = new byte[count * shape.rowSize()];
    for (int i = 0; i < count; i++) {
      CounterRandom random = randoms.apply(firstIndex + i);
      now.apply(
          new Policy.Source(
              rows.values(),
              rows.row(label, firstIndex + i),
              rows.partner(label, random),
              shape.channels(),
              shape.height(),
              shape.width()),
          label,
          random,
          out,
          i * shape.rowSize());
    }
    return out;
  }

  @Override
  public byte[] derive(
      Condition condition, Derivation derivation, long seed, long[] indices, Controls controls) {
    if (!(derivation instanceof Variation variation)) {
      throw GraftException.usage("a model of family classical varies rows and does nothing else");
    }
    int label = ClassCondition.label(condition, rows.classes(), "classical");
    Policy now = policy(controls, variation.strength());
    byte[] sources = variation.sources().values();
    byte[] out = new byte[sources.length];
    for (int i = 0; i < indices.length; i++) {
      now.apply(
          new Policy.Source(sources, i, i, shape.channels(), shape.height(), shape.width()),
          label,
          ClassCondition.random(condition, seed).apply(indices[i]),
          out,
          i * shape.rowSize());
    }
    return out;
  }

  private Policy policy(Controls controls, double strength) {
    double magnitude = controls.get(MAGNITUDE, policy.magnitude());
    return new Policy(policy.choose(), strength * magnitude, policy.steps());
  }

  @Override
  public void close() {}
}
