package dev.graft.modality;

import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.MediaValue;
import java.nio.charset.StandardCharsets;

/**
 * Between the bytes of a {@link PayloadCodec} and the value of a Parquet column: media of a struct
 * with a file name, UTF-8 text, or the bytes themselves.
 */
public final class StoredPayload {
  private StoredPayload() {}

  /**
   * The value to write.
   *
   * @param column the modality's {@link Modality#payloadColumn}
   * @param name file name of media; null for none
   */
  public static Object toColumn(Column column, byte[] payload, String name) {
    if (column instanceof Column.Value value) {
      return value.type() == Column.Value.Type.STRING
          ? new String(payload, StandardCharsets.UTF_8)
          : payload;
    }
    return new MediaValue(payload, name);
  }

  /** The bytes of a value that was read. */
  public static byte[] toBytes(Object stored) {
    if (stored instanceof MediaValue media) {
      return media.bytes();
    }
    return stored instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) stored;
  }
}
