package dev.graft.evaluate.utility;

import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.spec.MixingRatio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the learner of one arm is trained on.
 *
 * @param rows in ascending id order, which mixes real and synthetic rows evenly; where synthetic
 *     rows have soft labels, real ones beside them have all of the probability for their class
 * @param realRows distinct real rows in it
 * @param syntheticRows distinct synthetic rows in it
 */
public record TrainingSet(LabelledRows rows, int realRows, int syntheticRows) {
  /**
   * @param ratio of a mixed arm; no other looks at it
   * @param real TRAIN rows
   * @param synthetic accepted rows; at least one for an arm that uses them
   */
  public static TrainingSet of(
      Arm arm, MixingRatio ratio, LabelledRows real, LabelledRows synthetic) {
    if (arm.oversamples()) {
      LabelledRows rows = evened(real, arm.usesSynthetic() ? synthetic : real.select(new int[0]));
      Set<SampleId> met = new HashSet<>(rows.ids());
      int realRows = (int) real.ids().stream().filter(met::contains).count();
      return new TrainingSet(rows, realRows, met.size() - realRows);
    }
    LabelledRows rows =
        arm.mixes() ? mixed(ratio, real, synthetic) : arm.usesReal() ? real : synthetic;
    return new TrainingSet(
        rows, arm.usesReal() ? real.size() : 0, arm.usesSynthetic() ? synthetic.size() : 0);
  }

  /**
   * As many rows of each real class as the largest has: its real rows, then synthetic and repeated
   * real ones in turn, each in turn from its first on; real ones alone for a class without
   * synthetic rows.
   */
  private static LabelledRows evened(LabelledRows real, LabelledRows synthetic) {
    Map<Integer, List<Row>> realRows = byClass(real);
    Map<Integer, List<Row>> syntheticRows = byClass(synthetic);
    int largest = realRows.values().stream().mapToInt(List::size).max().orElse(0);
    List<Row> rows = new ArrayList<>();
    realRows.forEach(
        (label, own) -> {
          rows.addAll(own);
          List<Row> generated = syntheticRows.getOrDefault(label, List.of());
          for (int i = 0; i < largest - own.size(); i++) {
            int turn = generated.isEmpty() ? i : i / 2;
            List<Row> from = generated.isEmpty() || i % 2 == 1 ? own : generated;
            rows.add(from.get(turn % from.size()));
          }
        });
    return inIdOrder(rows, real.rowSize());
  }

  private static Map<Integer, List<Row>> byClass(LabelledRows rows) {
    Map<Integer, List<Row>> byClass = new TreeMap<>();
    for (int row = 0; row < rows.size(); row++) {
      byClass
          .computeIfAbsent(rows.labels()[row], label -> new ArrayList<>())
          .add(Row.of(rows, row));
    }
    return byClass;
  }

  /** Every row at least once, and in all exactly {@code ratio}: one of the sides is repeated. */
  private static LabelledRows mixed(MixingRatio ratio, LabelledRows real, LabelledRows synthetic) {
    long times =
        Math.max(times(real.size(), ratio.real()), times(synthetic.size(), ratio.synthetic()));
    int rowSize = real.rowSize();
    long count = times * (ratio.real() + ratio.synthetic());
    if (count > Integer.MAX_VALUE / rowSize) {
      throw GraftException.usage(
          "%d real and %d synthetic rows, repeated until they are as %s, are %d rows of %d bytes:"
              + " more than the %d bytes of a training set; take a ratio nearer to that of the rows",
          real.size(), synthetic.size(), ratio, count, rowSize, Integer.MAX_VALUE);
    }
    List<Row> rows = new ArrayList<>((int) count);
    add(rows, real, times * ratio.real());
    add(rows, synthetic, times * ratio.synthetic());
    return inIdOrder(rows, rowSize);
  }

  private static LabelledRows inIdOrder(List<Row> rows, int rowSize) {
    rows.sort(Comparator.comparing(Row::id));
    byte[] values = new byte[rows.size() * rowSize];
    int[] labels = new int[rows.size()];
    List<SampleId> ids = new ArrayList<>(rows.size());
    int classes = rows.stream().mapToInt(row -> row.from.targetSize()).max().orElse(0);
    float[] targets = classes == 0 ? null : new float[rows.size() * classes];
    for (int i = 0; i < labels.length; i++) {
      Row row = rows.get(i);
      row.from.copyRow(row.position, values, i * rowSize);
      labels[i] = row.from.labels()[row.position];
      ids.add(row.id);
      if (targets != null) {
        row.from.copyTarget(row.position, targets, i * classes);
      }
    }
    return new LabelledRows(rowSize, values, labels, ids, targets);
  }

  /** How often so many rows have to be drawn until all {@code rows} were. */
  private static long times(int rows, int drawn) {
    return (rows + drawn - 1L) / drawn;
  }

  private static void add(List<Row> rows, LabelledRows from, long count) {
    for (int i = 0; i < count; i++) {
      rows.add(Row.of(from, i % from.size()));
    }
  }

  private record Row(LabelledRows from, int position, SampleId id) {
    static Row of(LabelledRows from, int position) {
      return new Row(from, position, from.ids().get(position));
    }
  }
}
