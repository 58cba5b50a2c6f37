package dev.graft.modality;

/**
 * Between a row's quantised tensor and its stored form. Lossless: {@code decode(encode(x)) == x},
 * and deterministic. Thread-safe.
 */
public interface PayloadCodec {
  /** The stored form of the row at {@code offset} of {@code values}. */
  byte[] encode(byte[] values, int offset);

  /** Writes the row of a stored form to {@code out} at {@code offset}. */
  void decode(byte[] payload, byte[] out, int offset) throws BadRecord;

  /** The file name extension of a payload, without dot. */
  String extension();
}
