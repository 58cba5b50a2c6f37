package dev.graft.model.classical;

import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.model.FittedModel;
import dev.graft.model.StoredModel;
import dev.graft.model.nn.ByteTensor;
import dev.graft.model.nn.OneHot;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The training rows that a classical model holds and changes, by class. */
final class KeptRows {
  private static final String ROWS = "rows";
  private static final String LABELS = "labels";
  private static final long CHOICE = 0x636c6173736963L;
  private static final int PARTNER = 1;

  private final byte[] values;
  private final List<List<Integer>> byClass;

  private KeptRows(byte[] values, List<List<Integer>> byClass) {
    this.values = values;
    this.byClass = byClass;
  }

  /**
   * Keeps rows of each class, drawn by the seed.
   *
   * @param most rows of a class
   * @param rowShape what the row size is the product of
   * @throws GraftException (exit 3) when there are none
   */
  static FittedModel keep(LabelledRows train, int most, long seed, long... rowShape) {
    if (train.size() == 0) {
      throw GraftException.input("classical augmentation needs training rows; there are none");
    }
    LabelledRows rows = train.select(positions(train, most, seed));
    float[] labels = new float[rows.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Math.max(0, rows.labels()[i]);
    }
    long[] shape = new long[rowShape.length + 1];
    shape[0] = rows.size();
    System.arraycopy(rowShape, 0, shape, 1, rowShape.length);
    byte[] weights =
        Safetensors.of(Map.of(LABELS, Tensor.of(labels, labels.length)), Map.of())
            .withBytes(ROWS, new ByteTensor(shape, rows.values()))
            .encode();
    return new FittedModel(weights, List.of(), 0, Map.of("rows", (double) rows.size()));
  }

  /** In ascending order. */
  private static int[] positions(LabelledRows train, int most, long seed) {
    List<Integer> kept = new ArrayList<>();
    int[] order = CounterRandom.of(seed, CHOICE).permutation(train.size());
    Map<Integer, Integer> counts = new HashMap<>();
    for (int row : order) {
      if (counts.merge(train.labels()[row], 1, Integer::sum) <= most) {
        kept.add(row);
      }
    }
    int[] positions = kept.stream().mapToInt(Integer::intValue).toArray();
    Arrays.sort(positions);
    return positions;
  }

  static KeptRows of(StoredModel model) {
    Safetensors file = Safetensors.decode(model.weights());
    List<List<Integer>> byClass = new ArrayList<>();
    for (int c = 0; c < OneHot.length(model.card().schema()); c++) {
      byClass.add(new ArrayList<>());
    }
    float[] labels = file.tensors().get(LABELS).values();
    for (int row = 0; row < labels.length; row++) {
      byClass.get((int) labels[row]).add(row);
    }
    return new KeptRows(file.bytes().get(ROWS).values(), byClass);
  }

  /** All of them, one after the other. */
  byte[] values() {
    return values;
  }

  int classes() {
    return byClass.size();
  }

  /**
   * The row of a class that is changed for a sample: every row has its turn before any has a
   * second.
   *
   * @throws GraftException (exit 2) when the class has none
   */
  int row(int label, long index) {
    List<Integer> own = byClass.get(label);
    if (own.isEmpty()) {
      throw GraftException.usage("class %d has no training rows to augment", label);
    }
    return own.get((int) Math.floorMod(index, (long) own.size()));
  }

  /**
   * A row other than {@code row}, by chance; {@code row} itself where there is no other.
   *
   * @param label class of the row
   * @param any whether it may be of another class
   */
  int other(int row, int label, boolean any, CounterRandom random) {
    if (any) {
      int drawn = random.below(PARTNER, Math.max(1, rows() - 1));
      return rows() == 1 ? row : drawn + (drawn < row ? 0 : 1);
    }
    List<Integer> own = byClass.get(label);
    int drawn = random.below(PARTNER, Math.max(1, own.size() - 1));
    return own.size() == 1 ? row : own.get(drawn + (own.get(drawn) < row ? 0 : 1));
  }

  private int rows() {
    return byClass.stream().mapToInt(List::size).sum();
  }

  /** A row of the class, by chance. */
  int partner(int label, CounterRandom random) {
    List<Integer> own = byClass.get(label);
    return own.get(random.below(PARTNER, own.size()));
  }
}
