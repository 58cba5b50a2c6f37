package dev.graft.modality;

/** A record that is set aside and counted: one of a few reasons, and a sentence with the value. */
public final class BadRecord extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason short, counted: {@code undecodable}, {@code wrong-size}, {@code oversized},
   *     {@code mislabelled}, {@code synthetic}, {@code empty}, {@code control}, {@code ragged},
   *     {@code incomplete}, {@code span-overlap} and others of {@code SourceSpans}
   * @param detail what exactly, with the value and what is allowed
   */
  public BadRecord(String reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
