package dev.graft.evaluate.utility;

import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the learner of one arm is trained on.
 *
 * @param rows in ascending id order, which mixes real and synthetic rows evenly
 * @param realRows distinct real rows in it
 * @param syntheticRows distinct synthetic rows in it
 */
public record TrainingSet(LabelledRows rows, int realRows, int syntheticRows) {
  /** The declared mixing ratio of real to synthetic rows. */
  public static final String RATIO = "1:1";

  /** How a mixed arm draws its batches, for the report. */
  public static final String MIXING =
      "Mixed arms draw real and synthetic rows 1:1: the smaller side is repeated until both are"
          + " equally many.";

  /**
   * @param real TRAIN rows
   * @param synthetic accepted rows
   * @return empty when an arm that needs synthetic rows has none
   */
  public static Optional<TrainingSet> of(Arm arm, LabelledRows real, LabelledRows synthetic) {
    int realRows = arm.usesReal() ? real.size() : 0;
    int syntheticRows = arm.usesSynthetic() ? synthetic.size() : 0;
    if (arm.usesSynthetic() && syntheticRows == 0) {
      return Optional.empty();
    }
    if (syntheticRows == 0) {
      return Optional.of(new TrainingSet(real, realRows, 0));
    }
    if (realRows == 0) {
      return Optional.of(new TrainingSet(synthetic, 0, syntheticRows));
    }
    return Optional.of(new TrainingSet(mixed(real, synthetic), realRows, syntheticRows));
  }

  private static LabelledRows mixed(LabelledRows real, LabelledRows synthetic) {
    int each = Math.max(real.size(), synthetic.size());
    List<Row> rows = new ArrayList<>(2 * each);
    for (int i = 0; i < each; i++) {
      rows.add(Row.of(real, i % real.size()));
      rows.add(Row.of(synthetic, i % synthetic.size()));
    }
    rows.sort(Comparator.comparing(Row::id));
    int rowSize = real.rowSize();
    byte[] values = new byte[Math.multiplyExact(rows.size(), rowSize)];
    int[] labels = new int[rows.size()];
    List<SampleId> ids = new ArrayList<>(rows.size());
    for (int i = 0; i < labels.length; i++) {
      Row row = rows.get(i);
      row.from.copyRow(row.position, values, i * rowSize);
      labels[i] = row.from.labels()[row.position];
      ids.add(row.id);
    }
    return new LabelledRows(rowSize, values, labels, ids);
  }

  private record Row(LabelledRows from, int position, SampleId id) {
    static Row of(LabelledRows from, int position) {
      return new Row(from, position, from.ids().get(position));
    }
  }
}
