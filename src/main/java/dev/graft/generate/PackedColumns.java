package dev.graft.generate;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.beam.sdk.util.VarInt;

/** Whole arrays as bytes: a length, then the values in big-endian order. */
final class PackedColumns {
  private PackedColumns() {}

  static void write(byte[] column, OutputStream out) throws IOException {
    VarInt.encode(column.length, out);
    out.write(column);
  }

  static void write(long[] column, OutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(column.length * Long.BYTES);
    bytes.asLongBuffer().put(column);
    write(bytes.array(), out);
  }

  static void write(int[] column, OutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(column.length * Integer.BYTES);
    bytes.asIntBuffer().put(column);
    write(bytes.array(), out);
  }

  static void write(float[][] columns, OutputStream out) throws IOException {
    VarInt.encode(columns.length, out);
    for (float[] column : columns) {
      ByteBuffer bytes = ByteBuffer.allocate(column.length * Float.BYTES);
      bytes.asFloatBuffer().put(column);
      write(bytes.array(), out);
    }
  }

  static byte[] readBytes(InputStream in) throws IOException {
    byte[] column = new byte[VarInt.decodeInt(in)];
    new DataInputStream(in).readFully(column);
    return column;
  }

  static long[] readLongs(InputStream in) throws IOException {
    byte[] bytes = readBytes(in);
    long[] column = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(column);
    return column;
  }

  static int[] readInts(InputStream in) throws IOException {
    byte[] bytes = readBytes(in);
    int[] column = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).asIntBuffer().get(column);
    return column;
  }

  static float[][] readFloats(InputStream in) throws IOException {
    float[][] columns = new float[VarInt.decodeInt(in)][];
    for (int i = 0; i < columns.length; i++) {
      byte[] bytes = readBytes(in);
      columns[i] = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).asFloatBuffer().get(columns[i]);
    }
    return columns;
  }
}
