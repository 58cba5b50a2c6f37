package dev.graft.model.chat;

import dev.graft.modality.text.CanonicalText;
import dev.graft.model.Answers;
import dev.graft.model.ServiceUse;
import java.util.Map;
import java.util.TreeMap;

/** Rows of texts as they come in, and why there are none in some places. */
final class AnsweredRows {
  private final int rowSize;
  private final byte[] values;
  private final Map<Integer, String> nothing = new TreeMap<>();
  private ServiceUse use = ServiceUse.NONE;
  private long sent;
  private long kept;

  AnsweredRows(int count, int rowSize) {
    this.rowSize = rowSize;
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
   * @param lines whether line breaks and tabs stay
   */
  void put(int row, KeptAnswer answer, int text, boolean lines) {
    if (text >= answer.texts().size()) {
      nothing.put(row, answer.problem());
      return;
    }
    String given = answer.texts().get(text);
    String clean = lines ? given.strip() : CanonicalText.collapsed(given);
    int bytes = CanonicalText.bytes(clean);
    if (bytes == 0) {
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

  Answers answers() {
    ServiceUse whole = use.plus(new ServiceUse(0, 0, 0, 0, "", Answers.counted(nothing)));
    return new Answers(values, nothing, whole, sent, kept);
  }
}
