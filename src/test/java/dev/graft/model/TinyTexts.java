package dev.graft.model;

import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.modality.text.CanonicalText;
import java.util.ArrayList;
import java.util.List;

/** Short texts of three classes, each with words of its own. */
public final class TinyTexts {
  /** Bytes of a row. */
  public static final int SIZE = 48;

  private static final List<List<String>> WORDS =
      List.of(
          List.of("rain", "snow", "wind", "sunny", "cloudy"),
          List.of("play", "song", "jazz", "loud", "piano"),
          List.of("money", "bank", "pay", "card", "owe"));

  private TinyTexts() {}

  public static DatasetSchema schema() {
    return new DatasetSchema("text", List.of(SIZE), List.of("weather", "music", "money"));
  }

  /** Rows in id order; the same for the same arguments. */
  public static LabelledRows rows(int count, long seed) {
    byte[] values = new byte[count * SIZE];
    int[] labels = new int[count];
    List<SampleId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      labels[i] = i % 3;
      ids.add(new SampleId(i, 0));
      CounterRandom random = CounterRandom.of(seed, i);
      List<String> own = WORDS.get(labels[i]);
      String text = own.get(random.below(0, own.size()));
      for (int word = 0; word <= random.below(1, 3); word++) {
        text += " " + own.get(random.below(2 + word, own.size()));
      }
      CanonicalText.write(text, values, i * SIZE, SIZE);
    }
    return new LabelledRows(SIZE, values, labels, ids);
  }

  /** The text of a row. */
  public static String text(byte[] values, int row) {
    return CanonicalText.read(values, row * SIZE, SIZE);
  }

  /** Share of the words of a text that are of a class. */
  public static double share(String text, int label) {
    List<String> words = List.of(text.split(" "));
    return (double) words.stream().filter(WORDS.get(label)::contains).count() / words.size();
  }
}
