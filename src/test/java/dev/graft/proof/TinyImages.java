package dev.graft.proof;

import dev.graft.data.CounterRandom;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** Grey 16 x 16 pictures of a bright bar whose place tells the class, written in real formats. */
final class TinyImages {
  static final int SIDE = 16;
  static final int ROW_SIZE = SIDE * SIDE;
  static final List<String> CLASSES = List.of("left", "right", "top");
  static final int IMAGES_MAGIC = 0x00000803;
  static final int LABELS_MAGIC = 0x00000801;

  private TinyImages() {}

  /** One picture, (16, 16), row by row. */
  static byte[] pixels(int label, int index) {
    CounterRandom random = CounterRandom.of(11, label, index);
    byte[] pixels = new byte[ROW_SIZE];
    int width = 3 + random.below(1_000, 3);
    int start = random.below(1_001, 3);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int place = label == 0 ? x : label == 1 ? SIDE - 1 - x : y;
        boolean lit = place >= start && place < start + width;
        pixels[y * SIDE + x] = (byte) ((lit ? 190 : 20) + random.below(y * SIDE + x, 40));
      }
    }
    return pixels;
  }

  /** Writes {@code images.idx} and {@code labels.idx}, the classes in turn. */
  static void idx(Path directory, int rows) {
    byte[] body = new byte[rows * ROW_SIZE];
    for (int row = 0; row < rows; row++) {
      byte[] pixels = pixels(row % CLASSES.size(), row / CLASSES.size());
      System.arraycopy(pixels, 0, body, row * ROW_SIZE, ROW_SIZE);
    }
    write(directory.resolve("images.idx"), images(IMAGES_MAGIC, rows, body));
    write(directory.resolve("labels.idx"), labels(rows, CLASSES.size()));
  }

  /** An IDX file of pictures; {@code rows} is what the header says. */
  static byte[] images(int magic, int rows, byte[] body) {
    return ByteBuffer.allocate(16 + body.length)
        .putInt(magic)
        .putInt(rows)
        .putInt(SIDE)
        .putInt(SIDE)
        .put(body)
        .array();
  }

  /** An IDX file of labels 0, 1, ..., {@code classes - 1}, 0, ... */
  static byte[] labels(int rows, int classes) {
    ByteBuffer buffer = ByteBuffer.allocate(8 + rows).putInt(LABELS_MAGIC).putInt(rows);
    for (int row = 0; row < rows; row++) {
      buffer.put((byte) (row % classes));
    }
    return buffer.array();
  }

  /** Writes {@code perClass} PNG files to a folder per class. */
  static void folders(Path directory, int perClass) {
    for (int label = 0; label < CLASSES.size(); label++) {
      for (int index = 0; index < perClass; index++) {
        write(
            directory.resolve(CLASSES.get(label)).resolve("%04d.png".formatted(index)),
            png(pixels(label, index)));
      }
    }
  }

  static byte[] png(byte[] pixels) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, SIDE, SIDE, pixels);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A PNG whose header promises {@code width} x {@code height} pixels that are not there. */
  static byte[] pngHeader(int width, int height) {
    byte[] png = png(pixels(0, 0));
    ByteBuffer buffer = ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(png, 12, 17);
    return buffer.putInt(29, (int) crc.getValue()).array();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
