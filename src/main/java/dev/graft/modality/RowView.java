package dev.graft.modality;

/** How a row is shown to a person. */
@FunctionalInterface
public interface RowView {
  /**
   * A self-contained HTML fragment of one row (for images an {@code img} with a data URI).
   *
   * @param payload the stored form
   * @param title text shown on hover, not yet escaped
   */
  String html(byte[] payload, String title);
}
