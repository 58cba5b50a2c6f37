package dev.graft.ingest.sample;

import dev.graft.data.SampleId;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileWriter;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.DatasetRow.Provenance;
import dev.graft.data.parquet.MediaValue;
import dev.graft.modality.PayloadCodec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Two Parquet files with Hugging Face features, {@code data/train-0000N-of-00002.parquet}: {@code
 * image} and {@code label} with its names.
 */
final class ShapeParquet implements SampleKind {
  private static final int SIDE = 28;
  private static final int FILES = 2;

  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public void write(Path directory, long seed, int perClass) {
    ShapePainter painter = new ShapePainter(seed, SIDE, 1);
    PayloadCodec png = ShapeFolders.png(1, SIDE);
    List<String> names = Arrays.stream(Shape.values()).map(Shape::key).toList();
    List<Column> columns =
        List.of(new Column.Image("image"), new Column.ClassLabel("label", names));
    for (int file = 0; file < FILES; file++) {
      String name = String.format(Locale.ROOT, "data/train-%05d-of-%05d.parquet", file, FILES);
      try (DatasetFileWriter writer =
          DatasetFileWriter.open(directory.resolve(name).toString(), columns, Map.of())) {
        for (int row = file; row < names.size() * perClass; row += FILES) {
          Shape shape = Shape.values()[row / perClass];
          byte[] picture = png.encode(painter.paint(shape, row % perClass), 0);
          String path = String.format(Locale.ROOT, "%s-%05d.png", shape.key(), row % perClass);
          writer.write(
              new DatasetRow(
                  new Object[] {new MediaValue(picture, path), (long) shape.ordinal()},
                  Provenance.real(SampleId.real(path, 0).hex())));
        }
        writer.commit();
      }
    }
  }
}
