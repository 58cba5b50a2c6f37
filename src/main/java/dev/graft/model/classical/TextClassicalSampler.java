package dev.graft.model.classical;

import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import dev.graft.modality.text.EasyDataAugmentation;
import dev.graft.model.ClassCondition;
import dev.graft.model.Derivation;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.DerivingSampler;
import dev.graft.model.StoredModel;
import java.util.function.LongFunction;

/**
 * Training texts that have met an operation, each drawn by seed, condition and index alone.
 *
 * <p>Control {@code magnitude}: factor on the share of the words that is changed, 0 or more; 1 by
 * default. A variation of strength s is its source after an operation at s times that share.
 */
final class TextClassicalSampler implements DerivingSampler {
  static final String MAGNITUDE = "magnitude";

  private final TextClassicalArchitecture architecture;
  private final int rowSize;
  private final boolean parted;
  private final KeptRows rows;
  private final int batch;

  TextClassicalSampler(StoredModel model) {
    this.architecture = TextClassicalArchitecture.of(model.card().definition().architecture());
    this.rowSize = model.card().schema().rowSize();
    this.parted = !model.card().schema().parts().isEmpty();
    this.rows = KeptRows.of(model);
    this.batch = model.card().definition().compute().batch();
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
    int label = ClassCondition.label(condition, rows.classes(), TextClassicalFamily.NAME);
    EasyDataAugmentation now = changes(controls, 1);
    LongFunction<CounterRandom> randoms = ClassCondition.random(condition, seed);
    byte[] out = new byte[count * rowSize];
    for (int i = 0; i < count; i++) {
      int row = rows.row(label, firstIndex + i);
      CounterRandom random = randoms.apply(firstIndex + i);
      now.augment(rows.values(), row * rowSize, label, random, out, i * rowSize);
    }
    return out;
  }

  @Override
  public byte[] derive(
      Condition condition, Derivation derivation, long seed, long[] indices, Controls controls) {
    if (!(derivation instanceof Variation variation)) {
      throw GraftException.usage(
          "a model of family %s varies rows and does nothing else", TextClassicalFamily.NAME);
    }
    int label = ClassCondition.label(condition, rows.classes(), TextClassicalFamily.NAME);
    EasyDataAugmentation now = changes(controls, variation.strength());
    LongFunction<CounterRandom> randoms = ClassCondition.random(condition, seed);
    byte[] sources = variation.sources().values();
    byte[] out = new byte[sources.length];
    for (int i = 0; i < indices.length; i++) {
      now.augment(sources, i * rowSize, label, randoms.apply(indices[i]), out, i * rowSize);
    }
    return out;
  }

  private EasyDataAugmentation changes(Controls controls, double strength) {
    double share = architecture.alpha() * strength * controls.get(MAGNITUDE, 1);
    return new EasyDataAugmentation(rowSize, parted, Math.min(1, share), architecture.operations());
  }

  @Override
  public void close() {}
}
