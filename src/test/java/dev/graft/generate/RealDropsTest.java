package dev.graft.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.modality.Modalities;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RealDropsTest {
  private static final DatasetSchema SCHEMA =
      new DatasetSchema("image", List.of(1, 12, 12), List.of("alike", "diverse"));

  @Test
  void countsRealRowsNearAnEarlierOneByClassAndWarnsOfManyOnly() {
    RealDrops drops = RealDrops.of(rows(), SCHEMA, Modalities.get("image").signatures(SCHEMA), 6);
    assertThat(drops.rows()).isEqualTo(40);
    assertThat(drops.shares()).containsOnlyKeys("alike", "diverse");
    assertThat(drops.shares()).containsEntry("alike", 0.95).containsEntry("diverse", 0.0);
    assertThat(drops.warnings())
        .singleElement()
        .asString()
        .contains("distance of 6 lie", "95.0 % of alike", "40 real rows", "smaller distance")
        .doesNotContain("diverse");
  }

  @Test
  void saysNothingWhenRealRowsAreFarApart() {
    RealDrops drops =
        RealDrops.of(rows(), SCHEMA, Modalities.get("image").signatures(SCHEMA), 0.25);
    assertThat(drops.shares()).containsEntry("alike", 0.0);
    assertThat(drops.warnings()).isEmpty();
  }

  /** Twenty rows a grey level or two apart, and twenty of noise. */
  private static LabelledRows rows() {
    byte[] values = new byte[40 * 144];
    int[] labels = new int[40];
    List<SampleId> ids = new ArrayList<>();
    for (int row = 0; row < 40; row++) {
      labels[row] = row % 2;
      ids.add(new SampleId(1, row));
      for (int i = 0; i < 144; i++) {
        double noise = CounterRandom.of(3, row).uniform(i);
        values[row * 144 + i] = (byte) (labels[row] == 0 ? 100 + 3 * noise : 255 * noise);
      }
    }
    return new LabelledRows(144, values, labels, ids);
  }
}
