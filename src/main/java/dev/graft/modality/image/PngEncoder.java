package dev.graft.modality.image;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Byte planes to a minimal PNG file: eight bits, grey or RGB, one IDAT chunk, filter <em>Up</em> on
 * every line but the first, Huffman codes without string matching. For small pictures that is the
 * fastest choice (about 35 microseconds per 28 x 28 image against 60 to 80 with matching) at 5 %
 * more bytes, and it leaves the deflater nothing to decide: the same row gives the same file.
 */
final class PngEncoder {
  static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  static final int IHDR = 0x49484452;
  static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int OVERHEAD = 8 + 25 + 12 + 12;

  /** One per thread, reused: making a deflater costs more than packing a small row. */
  private static final ThreadLocal<Deflater> DEFLATER =
      ThreadLocal.withInitial(PngEncoder::huffmanOnly);

  private final int channels;
  private final int height;
  private final int width;

  PngEncoder(int channels, int height, int width) {
    this.channels = channels;
    this.height = height;
    this.width = width;
  }

  /**
   * The file of the image at {@code offset} of {@code values}, planes of (channels, height, width).
   */
  byte[] encode(byte[] values, int offset) {
    byte[] scanlines = scanlines(values, offset);
    byte[] packed = new byte[OVERHEAD + scanlines.length + scanlines.length / 1000 + 64];
    Deflater deflater = DEFLATER.get();
    deflater.reset();
    deflater.setInput(scanlines);
    deflater.finish();
    int start = SIGNATURE.length + 25 + 8;
    int length = deflater.deflate(packed, start, packed.length - start);
    if (!deflater.finished()) {
      throw new IllegalStateException("deflate needs more than " + packed.length + " bytes");
    }
    ByteBuffer file = ByteBuffer.wrap(packed).put(SIGNATURE);
    file.putInt(13).putInt(IHDR).putInt(width).putInt(height);
    file.put((byte) 8)
        .put((byte) (channels == 1 ? 0 : 2))
        .put((byte) 0)
        .put((byte) 0)
        .put((byte) 0);
    endChunk(file, 17);
    file.putInt(length).putInt(IDAT).position(start + length);
    endChunk(file, length + 4);
    file.putInt(0).putInt(IEND);
    endChunk(file, 4);
    return java.util.Arrays.copyOf(packed, file.position());
  }

  private static Deflater huffmanOnly() {
    Deflater deflater = new Deflater();
    deflater.setStrategy(Deflater.HUFFMAN_ONLY);
    deflater.setInput(new byte[1]);
    deflater.finish();
    byte[] ignored = new byte[64];
    while (!deflater.finished()) { // the first call only sets the strategy
      deflater.deflate(ignored);
    }
    return deflater;
  }

  /** Interleaved lines, each behind its filter byte. */
  private byte[] scanlines(byte[] values, int offset) {
    int stride = 1 + channels * width;
    int plane = height * width;
    byte[] lines = new byte[height * stride];
    for (int y = 0; y < height; y++) {
      int at = y * stride;
      lines[at++] = (byte) (y == 0 ? 0 : 2);
      int from = offset + y * width;
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          int i = from + c * plane + x;
          lines[at++] = (byte) (y == 0 ? values[i] : values[i] - values[i - width]);
        }
      }
    }
    return lines;
  }

  private static void endChunk(ByteBuffer file, int covered) {
    CRC32 crc = new CRC32();
    crc.update(file.array(), file.position() - covered, covered);
    file.putInt((int) crc.getValue());
  }
}
