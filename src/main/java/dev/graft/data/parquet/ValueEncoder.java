package dev.graft.data.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One value as bytes: equal values have equal bytes, different ones differ, null too. */
final class ValueEncoder {
  private static final class Buffer extends ByteArrayOutputStream {
    byte[] hash() {
      return MultisetHash.element(buf, count);
    }
  }

  private final Buffer out = new Buffer();

  /** Hash of a value of a column or of a field of {@code _graft}. */
  byte[] hash(Object value) {
    out.reset();
    encode(value);
    return out.hash();
  }

  private void encode(Object value) {
    if (value == null) {
      out.write(0);
    } else if (value instanceof String text) {
      tagged(1, text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof Long number) {
      tagged(2, longBytes(number));
    } else if (value instanceof Double number) {
      tagged(3, longBytes(Double.doubleToLongBits(number)));
    } else if (value instanceof Boolean flag) {
      tagged(4, new byte[] {(byte) (flag ? 1 : 0)});
    } else if (value instanceof byte[] bytes) {
      tagged(5, bytes);
    } else if (value instanceof MediaValue media) {
      out.write(6);
      encode(media.bytes());
      encode(media.path());
    } else if (value instanceof List<?> list) {
      tagged(7, longBytes(list.size()));
      list.forEach(this::encode);
    } else if (value instanceof Map<?, ?> map) {
      tagged(8, longBytes(map.size()));
      new TreeMap<>(map)
          .forEach(
              (key, element) -> {
                encode(key);
                encode(element);
              });
    } else {
      throw new IllegalArgumentException("a value of " + value.getClass().getName());
    }
  }

  private void tagged(int tag, byte[] bytes) {
    out.write(tag);
    out.writeBytes(longBytes(bytes.length));
    out.writeBytes(bytes);
  }

  private static byte[] longBytes(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }
}
