package dev.graft.modality;

/** Turns the bytes of one source record into a quantised row. Not thread-safe. */
public interface RecordDecoder {
  /** Between the parts of a record that has several, or its text and the list of its spans. */
  char BETWEEN = '\0';

  /**
   * Decodes an encoded record, such as a PNG or JPEG file.
   *
   * @return the row's tensor, {@link dev.graft.data.DatasetSchema#rowSize()} bytes
   */
  byte[] decode(byte[] record) throws BadRecord;

  /**
   * Takes a raw tensor as some formats hold it.
   *
   * @param values unsigned bytes in (channels, height, width) order
   * @param shape the source's own shape
   */
  byte[] decodeRaw(byte[] values, int[] shape) throws BadRecord;
}
