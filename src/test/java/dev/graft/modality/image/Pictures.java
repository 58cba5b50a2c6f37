package dev.graft.modality.image;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.json.Json;
import dev.graft.modality.Modalities;
import dev.graft.modality.RecordDecoder;
import dev.graft.spec.SourceSpec.RecordLimits;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Image files made for tests. */
final class Pictures {
  private Pictures() {}

  static JsonNode options(String json) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }

  static RecordDecoder decoder(String options) {
    return decoder(options, RecordLimits.DEFAULT);
  }

  static RecordDecoder decoder(String options, RecordLimits limits) {
    JsonNode section = options(options);
    DatasetSchema schema = Modalities.get("image").schema(section, List.of("a"));
    return Modalities.get("image").decoder(schema, section, limits);
  }

  static byte[] file(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("no writer of " + format + " for " + image);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A picture whose pixels are a smooth function of their place, so that JPEG keeps them. */
  static BufferedImage smooth(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 0xFF000000 | rgb(x * 255 / width, y * 255 / height, 60));
      }
    }
    return image;
  }

  static int rgb(int red, int green, int blue) {
    return red << 16 | green << 8 | blue;
  }

  static byte[] noise(long seed, int length) {
    byte[] values = new byte[length];
    CounterRandom random = CounterRandom.of(seed);
    for (int i = 0; i < length; i++) {
      values[i] = (byte) random.below(i, 256);
    }
    return values;
  }

  /** A PNG file that ends after a header of the given size. */
  static byte[] pngHeader(int width, int height) {
    ByteBuffer file = ByteBuffer.allocate(8 + 25 + 12);
    file.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    file.putInt(13).put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
    file.put(new byte[] {8, 0, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(file.array(), 12, 17);
    file.putInt((int) crc.getValue());
    file.putInt(0).put("IDAT".getBytes(StandardCharsets.US_ASCII)).putInt(0x35AF061E);
    return file.array();
  }

  /** A JPEG file with an EXIF orientation put behind its first marker. */
  static byte[] withOrientation(byte[] jpeg, int orientation) {
    ByteBuffer segment = ByteBuffer.allocate(2 + 2 + 6 + 8 + 2 + 12 + 4);
    segment.putShort((short) 0xFFE1).putShort((short) (segment.capacity() - 2));
    segment.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    segment.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 1);
    segment.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    segment.putShort((short) orientation).putShort((short) 0).putInt(0);
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + segment.capacity());
    out.put(jpeg, 0, 2).put(segment.array()).put(jpeg, 2, jpeg.length - 2);
    return out.array();
  }
}
