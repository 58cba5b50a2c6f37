package dev.graft.ingest;

import dev.graft.data.CounterRandom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** IDX files made for tests: noise of 8 x 8 pixels. */
final class IdxFiles {
  static final int SIDE = 8;
  static final String OPTIONS = "{\"size\": 8}";

  private IdxFiles() {}

  static byte[] images(int magic, int announced, int rows, long seed) {
    ByteBuffer buffer = ByteBuffer.allocate(16 + rows * SIDE * SIDE);
    buffer.putInt(magic).putInt(announced).putInt(SIDE).putInt(SIDE);
    for (int row = 0; row < rows; row++) {
      buffer.put(image(seed, row));
    }
    return buffer.array();
  }

  static byte[] image(long seed, long row) {
    byte[] values = new byte[SIDE * SIDE];
    CounterRandom random = CounterRandom.of(seed, row);
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) random.below(i, 256);
    }
    return values;
  }

  static byte[] labels(int magic, int announced, byte... labels) {
    return ByteBuffer.allocate(8 + labels.length)
        .putInt(magic)
        .putInt(announced)
        .put(labels)
        .array();
  }

  /** Labels 0, 1, ... in turn. */
  static byte[] turns(int rows, int classes) {
    byte[] labels = new byte[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = (byte) (row % classes);
    }
    return labels;
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(out)) {
      zip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Writes a pair of files and gives the locations. */
  static Map<String, String> write(Path directory, String name, byte[] images, byte[] labels) {
    try {
      Files.createDirectories(directory);
      Path imageFile = Files.write(directory.resolve(name + "-images"), images);
      Path labelFile = Files.write(directory.resolve(name + "-labels"), labels);
      return Map.of("images", imageFile.toString(), "labels", labelFile.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A sound pair of {@code rows} images of {@code classes} classes. */
  static Map<String, String> sound(Path directory, String name, int rows, int classes, long seed) {
    return write(
        directory,
        name,
        images(0x803, rows, rows, seed),
        labels(0x801, rows, turns(rows, classes)));
  }
}
