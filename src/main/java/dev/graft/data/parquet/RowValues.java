package dev.graft.data.parquet;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One value of a row as bytes and back. Equal values have equal bytes, and different ones, null
 * included, differ; maps are written in the order of their keys.
 */
final class RowValues {
  private static final int NULL = 0;
  private static final int TEXT = 1;
  private static final int INTEGER = 2;
  private static final int REAL = 3;
  private static final int FALSE = 4;
  private static final int TRUE = 5;
  private static final int BYTES = 6;
  private static final int MEDIA = 7;
  private static final int LIST = 8;
  private static final int MAP = 9;
  private static final int SPAN = 10;

  private RowValues() {}

  static void write(Object value, DataOutput out) throws IOException {
    if (value == null) {
      out.writeByte(NULL);
    } else if (value instanceof String text) {
      out.writeByte(TEXT);
      writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
    } else if (value instanceof Long number) {
      out.writeByte(INTEGER);
      out.writeLong(number);
    } else if (value instanceof Double number) {
      out.writeByte(REAL);
      out.writeDouble(number);
    } else if (value instanceof Boolean flag) {
      out.writeByte(flag ? TRUE : FALSE);
    } else if (value instanceof byte[] bytes) {
      out.writeByte(BYTES);
      writeBytes(bytes, out);
    } else if (value instanceof MediaValue media) {
      out.writeByte(MEDIA);
      write(media.bytes(), out);
      write(media.path(), out);
    } else if (value instanceof SpanValue span) {
      out.writeByte(SPAN);
      out.writeInt(span.start());
      out.writeInt(span.end());
      write(span.label(), out);
    } else if (value instanceof List<?> list) {
      out.writeByte(LIST);
      out.writeInt(list.size());
      for (Object element : list) {
        write(element, out);
      }
    } else if (value instanceof Map<?, ?> map) {
      out.writeByte(MAP);
      out.writeInt(map.size());
      for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
        write(entry.getKey(), out);
        write(entry.getValue(), out);
      }
    } else {
      throw new IllegalArgumentException("a row cannot hold a " + value.getClass().getName());
    }
  }

  static Object read(DataInput in) throws IOException {
    int tag = in.readByte();
    return switch (tag) {
      case NULL -> null;
      case TEXT -> new String(readBytes(in), StandardCharsets.UTF_8);
      case INTEGER -> in.readLong();
      case REAL -> in.readDouble();
      case FALSE -> false;
      case TRUE -> true;
      case BYTES -> readBytes(in);
      case MEDIA -> new MediaValue((byte[]) read(in), (String) read(in));
      case SPAN -> new SpanValue(in.readInt(), in.readInt(), (String) read(in));
      case LIST -> readList(in);
      case MAP -> readMap(in);
      default -> throw new IOException("unknown tag " + tag);
    };
  }

  private static List<Object> readList(DataInput in) throws IOException {
    int size = in.readInt();
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(read(in));
    }
    return list;
  }

  private static Map<Object, Object> readMap(DataInput in) throws IOException {
    int size = in.readInt();
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      map.put(read(in), read(in));
    }
    return map;
  }

  private static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  /** Hashes values one after the other; keeps its buffer. */
  static final class Hasher {
    private static final class Buffer extends ByteArrayOutputStream {
      byte[] hash() {
        return MultisetHash.element(buf, count);
      }
    }

    private final Buffer buffer = new Buffer();
    private final DataOutputStream out = new DataOutputStream(buffer);

    byte[] hash(Object value) {
      buffer.reset();
      try {
        write(value, out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return buffer.hash();
    }
  }
}
