package dev.graft.ingest.sample;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The sample data of shapes as rows, without files: 28 x 28, grey. */
public final class ShapeRows {
  private static final int SIDE = 28;

  private ShapeRows() {}

  public static DatasetSchema schema() {
    return new DatasetSchema(
        "image", List.of(1, SIDE, SIDE), Stream.of(Shape.values()).map(Shape::key).toList());
  }

  /** Pictures {@code first} to {@code first + perClass - 1} of every class, classes in turn. */
  public static LabelledRows of(long seed, long first, int perClass) {
    ShapePainter painter = new ShapePainter(seed, SIDE, 1);
    int classes = Shape.values().length;
    byte[] values = new byte[classes * perClass * SIDE * SIDE];
    int[] labels = new int[classes * perClass];
    List<SampleId> ids = new ArrayList<>();
    for (int row = 0; row < labels.length; row++) {
      Shape shape = Shape.values()[row % classes];
      labels[row] = shape.ordinal();
      byte[] picture = painter.paint(shape, first + row / classes);
      System.arraycopy(picture, 0, values, row * picture.length, picture.length);
      ids.add(new SampleId(labels[row], first + row / classes));
    }
    return new LabelledRows(SIDE * SIDE, values, labels, ids);
  }
}
