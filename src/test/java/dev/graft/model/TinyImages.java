package dev.graft.model;

import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import java.util.ArrayList;
import java.util.List;

/**
 * Small images of three classes that differ in where they are bright; later channels are brighter.
 */
public final class TinyImages {
  public static final int SIZE = 8;
  private static final int NOISE = 60;

  private TinyImages() {}

  public static DatasetSchema schema(int channels) {
    return new DatasetSchema(
        "image", List.of(channels, SIZE, SIZE), List.of("top", "middle", "bottom"));
  }

  /** Rows in id order; the same for the same arguments. */
  public static LabelledRows rows(int channels, int count, long seed) {
    int rowSize = channels * SIZE * SIZE;
    byte[] values = new byte[count * rowSize];
    int[] labels = new int[count];
    List<SampleId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      labels[i] = i % 3;
      ids.add(new SampleId(i, 0));
      CounterRandom random = CounterRandom.of(seed, i);
      for (int v = 0; v < rowSize; v++) {
        int band = v / SIZE % SIZE / 3;
        int channel = v / (SIZE * SIZE);
        int level = band == labels[i] ? 180 * (channel + 1) / channels : 10;
        values[i * rowSize + v] = (byte) (level + random.below(v, NOISE));
      }
    }
    return new LabelledRows(rowSize, values, labels, ids);
  }
}
