package dev.graft.evaluate.run;

import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.evaluate.evidence.Picture;
import dev.graft.modality.Modalities;
import dev.graft.modality.Modality;
import dev.graft.modality.PayloadCodec;
import dev.graft.modality.RowView;
import java.util.ArrayList;
import java.util.List;

/** Makes pictures of rows, and keeps account of their size so that a page stays small. */
final class PictureBook {
  /** All pictures of a page together take at most so many characters. */
  private static final int MOST_CHARACTERS = 3_200_000;

  private final DatasetSchema schema;
  private final PayloadCodec codec;
  private final RowView view;
  private final long seed;

  PictureBook(DatasetSchema schema, long seed) {
    Modality modality = Modalities.get(schema.modality());
    this.schema = schema;
    this.codec = modality.codec(schema);
    this.view = modality.view(schema);
    this.seed = seed;
  }

  String className(int label) {
    return schema.classes().isEmpty() ? "" : schema.classes().get(label);
  }

  Picture of(LabelledRows rows, int row) {
    int label = rows.labels()[row];
    return of(codec.encode(rows.values(), row * rows.rowSize()), label, rows.ids().get(row).hex());
  }

  Picture of(byte[] payload, int label, String id) {
    String name = className(label);
    return new Picture(view.html(payload, name.isEmpty() ? id : name + ", " + id), name);
  }

  /** A seeded draw of rows of one class. */
  List<Picture> draw(LabelledRows rows, int label, int most) {
    List<Integer> members = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.labels()[i] == label) {
        members.add(i);
      }
    }
    int[] order = CounterRandom.of(seed, Long.MAX_VALUE, label).permutation(members.size());
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < Math.min(most, members.size()); i++) {
      pictures.add(of(rows, members.get(order[i])));
    }
    return pictures;
  }

  /**
   * How many pictures of equal share fit on a page.
   *
   * @param example rows whose first one stands for the size of all
   * @param strips how many strips want pictures
   * @param most pictures of one strip
   */
  int perStrip(LabelledRows example, int strips, int most) {
    if (example.size() == 0 || strips == 0) {
      return most;
    }
    int sample = Math.min(16, example.size());
    long size = 0;
    for (int i = 0; i < sample; i++) {
      size += of(example, (int) ((long) i * example.size() / sample)).html().length();
    }
    long each = Math.max(1, size / sample);
    return (int) Math.max(1, Math.min(most, MOST_CHARACTERS / each / strips));
  }
}
