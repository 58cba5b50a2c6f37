package dev.graft.bench;

import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Pictures to be written as IDX files, in as many copies as it takes.
 *
 * @param values of 28 x 28 grey pictures, one after the other
 * @param labels 0 to 9
 */
record PictureFiles(byte[] values, byte[] labels) {
  private static final int SIZE = 28;
  private static final int IMAGES = 0x0803;
  private static final int LABELS = 0x0801;

  /** Fashion-MNIST where {@code GRAFT_DATA} has it, else drawn ones. */
  static PictureFiles any() throws IOException {
    String data = System.getenv("GRAFT_DATA");
    if (data != null) {
      Path folder = Path.of(data, "image/fashion-mnist");
      return new PictureFiles(
          read(folder.resolve("train-images-idx3-ubyte.gz"), 16),
          read(folder.resolve("train-labels-idx1-ubyte.gz"), 8));
    }
    LabelledRows drawn = BenchmarkInputs.pictures(Part.TRAIN);
    byte[] labels = new byte[drawn.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = (byte) drawn.labels()[row];
    }
    return new PictureFiles(drawn.values(), labels);
  }

  private static byte[] read(Path file, int header) throws IOException {
    try (InputStream stream = new GZIPInputStream(Files.newInputStream(file));
        DataInputStream in = new DataInputStream(stream)) {
      in.skipNBytes(header);
      return in.readAllBytes();
    }
  }

  int count() {
    return labels.length;
  }

  /** Writes {@code images-idx3-ubyte} and {@code labels-idx1-ubyte}. */
  void write(Path folder, int rows) throws IOException {
    Files.createDirectories(folder);
    try (DataOutputStream images = open(folder.resolve("images-idx3-ubyte"));
        DataOutputStream classes = open(folder.resolve("labels-idx1-ubyte"))) {
      for (int value : new int[] {IMAGES, rows, SIZE, SIZE}) {
        images.writeInt(value);
      }
      classes.writeInt(LABELS);
      classes.writeInt(rows);
      for (int row = 0; row < rows; row++) {
        int copy = row % count();
        images.write(values, copy * SIZE * SIZE, SIZE * SIZE);
        classes.write(labels[copy]);
      }
    }
  }

  private static DataOutputStream open(Path file) throws IOException {
    return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
  }
}
