package dev.graft.model.chat;

import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.modality.text.CanonicalText;
import dev.graft.model.nn.ByteTensor;
import dev.graft.model.nn.OneHot;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The real train texts that a model shows as examples of their class, in id order. They are its
 * weights.
 *
 * @param byClass texts of each class
 */
record Examples(List<List<String>> byClass) {
  private static final String ROWS = "rows";
  private static final String LABELS = "labels";
  private static final long CHOICE = 0x65786D706C65L;

  /** Weights that hold at most so many rows of each class, drawn by the seed. */
  static byte[] encode(LabelledRows train, int mostPerClass, long seed) {
    int[] counts = new int[Arrays.stream(train.labels()).map(Examples::label).max().orElse(0) + 1];
    int[] kept =
        Arrays.stream(CounterRandom.of(seed, CHOICE).permutation(train.size()))
            .filter(row -> counts[label(train.labels()[row])]++ < mostPerClass)
            .sorted()
            .toArray();
    LabelledRows rows = train.select(kept);
    float[] labels = new float[rows.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = label(rows.labels()[row]);
    }
    return Safetensors.of(Map.of(LABELS, Tensor.of(labels, labels.length)), Map.of())
        .withBytes(ROWS, new ByteTensor(new long[] {rows.size(), rows.rowSize()}, rows.values()))
        .encode();
  }

  private static int label(int label) {
    return Math.max(0, label);
  }

  static Examples decode(byte[] weights, DatasetSchema schema) {
    Safetensors file = Safetensors.decode(weights);
    byte[] rows = file.bytes().get(ROWS).values();
    float[] labels = file.tensors().get(LABELS).values();
    List<List<String>> byClass = new ArrayList<>();
    for (int label = 0; label < OneHot.length(schema); label++) {
      byClass.add(new ArrayList<>());
    }
    int rowSize = schema.rowSize();
    for (int row = 0; row < labels.length; row++) {
      byClass.get((int) labels[row]).add(CanonicalText.read(rows, row * rowSize, rowSize));
    }
    return new Examples(byClass);
  }

  /** So many texts of a class, no row twice; all of them where there are no more. */
  List<String> choose(int label, int count, CounterRandom random) {
    List<String> texts = byClass.get(label);
    return Arrays.stream(random.permutation(texts.size()))
        .limit(count)
        .mapToObj(texts::get)
        .toList();
  }
}
