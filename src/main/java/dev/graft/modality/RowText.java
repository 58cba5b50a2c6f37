package dev.graft.modality;

/** What a row says in words, for metrics that count them. Thread-safe. */
@FunctionalInterface
public interface RowText {
  /** The text of the row at {@code offset} of {@code values}. */
  String of(byte[] values, int offset);
}
