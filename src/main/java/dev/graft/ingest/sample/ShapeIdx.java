package dev.graft.ingest.sample;

import dev.graft.data.CounterRandom;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * The four gzipped IDX files of MNIST: {@code train-} with the asked number per class, {@code
 * t10k-} with a fifth of it, in random order.
 */
final class ShapeIdx implements SampleKind {
  private static final int SIDE = 28;
  private static final int TEST_SHARE = 5;

  @Override
  public String name() {
    return "idx";
  }

  @Override
  public void write(Path directory, long seed, int perClass) throws IOException {
    write(directory, "train", seed, 0, perClass);
    write(directory, "t10k", seed, perClass, Math.max(1, perClass / TEST_SHARE));
  }

  private static void write(Path directory, String name, long seed, int first, int perClass)
      throws IOException {
    ShapePainter painter = new ShapePainter(seed, SIDE, 1);
    Shape[] shapes = Shape.values();
    int[] order = CounterRandom.of(seed, first, perClass).permutation(shapes.length * perClass);
    try (DataOutputStream images = open(directory.resolve(name + "-images-idx3-ubyte.gz"));
        DataOutputStream labels = open(directory.resolve(name + "-labels-idx1-ubyte.gz"))) {
      images.writeInt(0x803);
      images.writeInt(order.length);
      images.writeInt(SIDE);
      images.writeInt(SIDE);
      labels.writeInt(0x801);
      labels.writeInt(order.length);
      for (int place : order) {
        Shape shape = shapes[place % shapes.length];
        images.write(painter.paint(shape, first + place / shapes.length));
        labels.writeByte(shape.ordinal());
      }
    }
  }

  private static DataOutputStream open(Path file) throws IOException {
    return new DataOutputStream(
        new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)), 1 << 16));
  }
}
