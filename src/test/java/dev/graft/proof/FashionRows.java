package dev.graft.proof;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * Fashion-MNIST's pictures as its files have them, for proofs that need no pipeline.
 *
 * @param rows all of a part, in the order of the file
 */
record FashionRows(LabelledRows rows) {
  static final DatasetSchema SCHEMA =
      new DatasetSchema(
          "image",
          List.of(1, 28, 28),
          List.of(
              "t-shirt",
              "trouser",
              "pullover",
              "dress",
              "coat",
              "sandal",
              "shirt",
              "sneaker",
              "bag",
              "ankle-boot"));

  /**
   * @param data folder of the datasets
   */
  static FashionRows train(String data) throws IOException {
    return read(data, "train");
  }

  /** The official test pictures. */
  static FashionRows test(String data) throws IOException {
    return read(data, "t10k");
  }

  private static FashionRows read(String data, String part) throws IOException {
    byte[] values = gunzipped(data, part + "-images-idx3-ubyte.gz", 16);
    byte[] bytes = gunzipped(data, part + "-labels-idx1-ubyte.gz", 8);
    int[] labels = IntStream.range(0, bytes.length).map(row -> bytes[row]).toArray();
    List<SampleId> ids =
        IntStream.range(0, labels.length).mapToObj(row -> new SampleId(0, row)).toList();
    return new FashionRows(new LabelledRows(values.length / labels.length, values, labels, ids));
  }

  private static byte[] gunzipped(String data, String name, int header) throws IOException {
    Path file = Path.of(data, "image/fashion-mnist", name);
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
      in.skipNBytes(header);
      return in.readAllBytes();
    }
  }

  LabelledRows firstOfEachClass(int count) {
    return ofEachClass(0, count, SCHEMA.classes().size());
  }

  /**
   * Rows of the first classes.
   *
   * @param from the first row of each class
   * @param count of each class
   */
  LabelledRows ofEachClass(int from, int count, int classes) {
    int[] seen = new int[SCHEMA.classes().size()];
    int[] chosen =
        IntStream.range(0, rows.size())
            .filter(
                row -> {
                  int number = seen[rows.labels()[row]]++;
                  return rows.labels()[row] < classes && number >= from && number < from + count;
                })
            .toArray();
    return rows.select(chosen);
  }
}
