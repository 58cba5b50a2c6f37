package dev.graft.ingest;

import dev.graft.data.Part;
import dev.graft.data.SampleId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Packs what the search for duplicates needs of each row, {@value #BYTES} bytes a row. */
final class RowKeys {
  /**
   * @param content hash of the row's values
   * @param id of the row
   * @param label class id
   * @param part where the row went
   */
  record RowKey(SampleId content, SampleId id, int label, Part part) {}

  private static final int BYTES = 16 + 16 + 4 + 1;

  private final ByteArrayOutputStream packed = new ByteArrayOutputStream();

  void add(RowKey key) {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    buffer.putLong(key.content.high()).putLong(key.content.low());
    buffer.putLong(key.id.high()).putLong(key.id.low());
    buffer.putInt(key.label).put((byte) key.part.ordinal());
    packed.writeBytes(buffer.array());
  }

  byte[] toBytes() {
    return packed.toByteArray();
  }

  static void forEach(byte[] packed, Consumer<RowKey> action) {
    ByteBuffer buffer = ByteBuffer.wrap(packed);
    while (buffer.hasRemaining()) {
      action.accept(
          new RowKey(
              new SampleId(buffer.getLong(), buffer.getLong()),
              new SampleId(buffer.getLong(), buffer.getLong()),
              buffer.getInt(),
              Part.values()[buffer.get()]));
    }
  }
}
