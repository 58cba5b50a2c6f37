package dev.graft.modality.text;

import dev.graft.modality.BadRecord;
import dev.graft.modality.PayloadCodec;
import java.util.Arrays;

/** Rows without the zeros at their end. */
final class TextCodec implements PayloadCodec {
  private final int rowSize;

  TextCodec(int rowSize) {
    this.rowSize = rowSize;
  }

  @Override
  public byte[] encode(byte[] values, int offset) {
    return Arrays.copyOfRange(
        values, offset, offset + CanonicalText.length(values, offset, rowSize));
  }

  @Override
  public void decode(byte[] payload, byte[] out, int offset) throws BadRecord {
    if (payload.length > rowSize) {
      throw new BadRecord(
          "wrong-size", "a text of " + payload.length + " bytes; rows have " + rowSize);
    }
    System.arraycopy(payload, 0, out, offset, payload.length);
    Arrays.fill(out, offset + payload.length, offset + rowSize, (byte) 0);
  }

  @Override
  public String extension() {
    return "txt";
  }
}
