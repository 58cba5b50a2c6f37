package dev.graft.modality.image;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The fast way back for files of {@link PngEncoder}; says no to every other shape of PNG. */
final class PngDecoder {
  private static final int DATA_START = 8 + 25 + 8;
  private static final ThreadLocal<Inflater> INFLATER = ThreadLocal.withInitial(Inflater::new);

  private final int channels;
  private final int height;
  private final int width;

  PngDecoder(int channels, int height, int width) {
    this.channels = channels;
    this.height = height;
    this.width = width;
  }

  /**
   * Writes the planes of {@code file} to {@code out} at {@code offset}.
   *
   * @return false, with {@code out} in no defined state, when the file is not of this writer's form
   */
  boolean decode(byte[] file, byte[] out, int offset) {
    if (!hasOurHeader(file)) {
      return false;
    }
    ByteBuffer buffer = ByteBuffer.wrap(file);
    int length = buffer.getInt(DATA_START - 8);
    if (length < 0 || length > file.length - DATA_START - 4) {
      return false;
    }
    int stride = 1 + channels * width;
    byte[] lines = new byte[height * stride];
    Inflater inflater = INFLATER.get();
    inflater.reset();
    inflater.setInput(file, DATA_START, length);
    try {
      int count = inflater.inflate(lines);
      if (count != lines.length || (inflater.inflate(new byte[1]) != 0) || !inflater.finished()) {
        return false;
      }
    } catch (DataFormatException e) {
      return false;
    }
    return unfilter(lines, stride, out, offset);
  }

  private boolean hasOurHeader(byte[] file) {
    if (file.length < DATA_START + 4 || !Arrays.equals(file, 0, 8, PngEncoder.SIGNATURE, 0, 8)) {
      return false;
    }
    ByteBuffer buffer = ByteBuffer.wrap(file, 8, file.length - 8);
    return buffer.getInt() == 13
        && buffer.getInt() == PngEncoder.IHDR
        && buffer.getInt() == width
        && buffer.getInt() == height
        && buffer.get() == 8
        && buffer.get() == (channels == 1 ? 0 : 2)
        && buffer.get() == 0
        && buffer.get() == 0
        && buffer.get() == 0
        && buffer.getInt(DATA_START - 4) == PngEncoder.IDAT;
  }

  private boolean unfilter(byte[] lines, int stride, byte[] out, int offset) {
    int plane = height * width;
    for (int y = 0; y < height; y++) {
      int at = y * stride;
      byte filter = lines[at++];
      if (filter != 0 && (filter != 2 || y == 0)) {
        return false;
      }
      int to = offset + y * width;
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          int i = to + c * plane + x;
          out[i] = (byte) (filter == 0 ? lines[at] : lines[at] + out[i - width]);
          at++;
        }
      }
    }
    return true;
  }
}
