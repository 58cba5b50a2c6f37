package dev.graft.model.language;

import dev.graft.data.LabelledRows;
import dev.graft.modality.text.CanonicalText;
import java.util.Arrays;

/**
 * The tokens of the rows of a part.
 *
 * @param tokens of each row, {@link Tokens#end} last unless the row was cut
 * @param bytes of all texts in UTF-8
 * @param whole whether no token is the unknown one
 */
record TokenRows(int[][] tokens, long bytes, boolean whole) {
  /**
   * @param most tokens of a row, the end among them
   */
  static TokenRows of(LabelledRows rows, Tokens vocabulary, int most) {
    int[][] tokens = new int[rows.size()][];
    long bytes = 0;
    boolean whole = true;
    for (int row = 0; row < tokens.length; row++) {
      int offset = row * rows.rowSize();
      int[] text = vocabulary.encode(CanonicalText.read(rows.values(), offset, rows.rowSize()));
      whole &= Arrays.stream(text).allMatch(vocabulary::drawable);
      tokens[row] = Arrays.copyOf(text, Math.min(most, text.length + 1));
      if (tokens[row].length > text.length) {
        tokens[row][text.length] = vocabulary.end();
      }
      bytes += CanonicalText.length(rows.values(), offset, rows.rowSize());
    }
    return new TokenRows(tokens, bytes, whole);
  }
}
