package dev.graft.model.chat;

import dev.graft.data.DatasetSchema;
import dev.graft.modality.text.CanonicalText;
import dev.graft.modality.text.TextParts;
import dev.graft.model.Answers;
import dev.graft.model.ServiceUse;
import java.util.Map;
import java.util.TreeMap;

/** Rows of texts as they come in, and why there are none in some places. */
final class AnsweredRows {
  private final int rowSize;
  private final int parts;
  private final byte[] values;
  private final Map<Integer, String> nothing = new TreeMap<>();
  private ServiceUse use = ServiceUse.NONE;
  private long sent;
  private long kept;

  AnsweredRows(int count, DatasetSchema schema) {
    this.rowSize = schema.rowSize();
    this.parts = schema.parts().size();
    this.values = new byte[count * rowSize];
  }

  /** Counts a question, whether or not its samples are of this call. */
  void met(Asker.Outcome outcome) {
    sent += outcome.sent();
    kept += outcome.sent() == 0 ? 1 : 0;
  }

  /** Counts what a question has cost. */
  void used(ServiceUse more) {
    use = use.plus(more);
  }

  /**
   * Takes one of the texts of an answer.
   *
   * @param lines whether line breaks and tabs stay in a text of one part
   */
  void put(int row, KeptAnswer answer, int text, boolean lines) {
    if (text >= answer.texts().size()) {
      nothing.put(row, answer.problem());
      return;
    }
    String given = answer.texts().get(text);
    put(row, parts > 0 ? given : clean(given, lines));
  }

  /** A string as a text, or a part of one, may have it. */
  static String clean(String given, boolean lines) {
    return lines ? given.strip() : CanonicalText.collapsed(given);
  }

  /** Takes a text, without white space to remove. */
  void put(int row, String clean) {
    int bytes = CanonicalText.bytes(clean);
    if (bytes == 0 || parts > 0 && !TextParts.complete(clean, parts)) {
      nothing.put(row, "empty");
    } else if (bytes > rowSize) {
      nothing.put(row, "too-long");
    } else {
      CanonicalText.write(clean, values, row * rowSize, rowSize);
    }
  }

  void nothing(int row, String reason) {
    nothing.put(row, reason);
  }

  /** Whether a row has come to nothing. */
  boolean failed(int row) {
    return nothing.containsKey(row);
  }

  Answers answers() {
    ServiceUse whole = use.plus(new ServiceUse(0, 0, 0, 0, "", Answers.counted(nothing)));
    return new Answers(values, nothing, whole, sent, kept);
  }
}
