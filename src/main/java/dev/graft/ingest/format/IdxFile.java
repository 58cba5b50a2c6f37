package dev.graft.ingest.format;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.ingest.SourceFiles;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * One IDX file of unsigned bytes, plain or gzipped (told by its first bytes): magic number, one
 * big-endian length per dimension, values.
 *
 * @param location of the file
 * @param zipped whether it is gzipped
 * @param sizes length of each dimension; the first counts the items
 */
record IdxFile(String location, boolean zipped, int[] sizes) {
  private static final int UNSIGNED_BYTES = 0x08;
  private static final int GZIP_MAGIC = 0x1F8B;

  /**
   * Reads the header.
   *
   * @param dimensions how many are wanted: 3 for images, 1 for labels
   * @throws GraftException (exit 3) for a missing file, another magic number or a wrong length
   */
  static IdxFile open(String location, int dimensions) {
    if (SourceFiles.isFolder(location)) {
      throw GraftException.input("%s is a folder; the format idx takes files", location);
    }
    if (!Storage.exists(location)) {
      throw GraftException.input("%s does not exist", location);
    }
    try {
      boolean zipped = isZipped(location);
      int[] sizes;
      try (DataInputStream in = stream(location, zipped, 0)) {
        sizes = header(location, in, dimensions);
      }
      IdxFile file = new IdxFile(location, zipped, sizes);
      file.checkLength();
      return file;
    } catch (EOFException e) {
      throw GraftException.input(
          "%s is too short for an IDX header of %d dimensions", location, dimensions);
    } catch (IOException e) {
      throw unreadable(location, e);
    }
  }

  private static int[] header(String location, DataInputStream in, int dimensions)
      throws IOException {
    int wanted = UNSIGNED_BYTES << 8 | dimensions;
    int magic = in.readInt();
    if (magic != wanted) {
      throw GraftException.input(
          "%s begins with the magic number 0x%08X; 0x%08X (%s) is expected; are images and labels"
              + " swapped, or is this no IDX file?",
          location, magic, wanted, dimensions == 1 ? "labels" : "images of one channel");
    }
    int[] sizes = new int[dimensions];
    for (int i = 0; i < dimensions; i++) {
      sizes[i] = in.readInt();
      if (sizes[i] < 0 || (i > 0 && sizes[i] == 0)) {
        throw GraftException.input(
            "%s has %d as length of dimension %d; from 1 on is allowed", location, sizes[i], i);
      }
    }
    return sizes;
  }

  private void checkLength() throws IOException {
    if (zipped) {
      return;
    }
    long wanted = headerLength() + count() * itemSize();
    try (SeekableByteChannel channel = Storage.openSeekable(location)) {
      if (channel.size() != wanted) {
        throw GraftException.input(
            "%s has %d bytes; its header announces %d items of %d bytes, %d bytes in all",
            location, channel.size(), count(), itemSize(), wanted);
      }
    }
  }

  /** Items in the file. */
  long count() {
    return sizes[0];
  }

  /** Bytes of one item. */
  long itemSize() {
    return Arrays.stream(sizes).skip(1).asLongStream().reduce(1, Math::multiplyExact);
  }

  private int headerLength() {
    return 4 + 4 * sizes.length;
  }

  /** The values from item {@code first} on. */
  DataInputStream items(long first) throws IOException {
    return stream(location, zipped, headerLength() + first * itemSize());
  }

  /** Reads the next {@code values.length} bytes; {@code index} is for the message. */
  void read(DataInputStream in, byte[] values, long index) {
    try {
      in.readFully(values);
    } catch (EOFException e) {
      throw GraftException.input(
          "%s ends in item %d; its header announces %d items; is the file whole?",
          location, index, count());
    } catch (IOException e) {
      throw unreadable(location, e);
    }
  }

  /** Fails unless the values end here. */
  void checkEnd(DataInputStream in) {
    try {
      if (in.read() >= 0) {
        throw GraftException.input(
            "%s goes on after the %d items that its header announces", location, count());
      }
    } catch (IOException e) {
      throw unreadable(location, e);
    }
  }

  private static boolean isZipped(String location) throws IOException {
    try (InputStream in = Storage.open(location)) {
      return (in.read() << 8 | in.read()) == GZIP_MAGIC;
    }
  }

  private static DataInputStream stream(String location, boolean zipped, long skip)
      throws IOException {
    if (zipped) {
      InputStream in = new GZIPInputStream(Storage.open(location), 1 << 16);
      in.skipNBytes(skip);
      return new DataInputStream(new BufferedInputStream(in, 1 << 16));
    }
    SeekableByteChannel channel = Storage.openSeekable(location);
    channel.position(skip);
    return new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 1 << 16));
  }

  private static GraftException unreadable(String location, IOException cause) {
    return new GraftException(
        ExitCode.INPUT,
        "cannot read " + location + ": " + SourceFiles.reason(cause) + "; is the file whole?",
        cause);
  }
}
