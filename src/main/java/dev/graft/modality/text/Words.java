package dev.graft.modality.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a text: runs of letters, marks and digits with apostrophes inside, and every other
 * character that is no white space by itself.
 */
public final class Words {
  private static final int IN_WORDS =
      1 << Character.UPPERCASE_LETTER
          | 1 << Character.LOWERCASE_LETTER
          | 1 << Character.TITLECASE_LETTER
          | 1 << Character.MODIFIER_LETTER
          | 1 << Character.OTHER_LETTER
          | 1 << Character.NON_SPACING_MARK
          | 1 << Character.ENCLOSING_MARK
          | 1 << Character.COMBINING_SPACING_MARK
          | 1 << Character.DECIMAL_DIGIT_NUMBER
          | 1 << Character.LETTER_NUMBER
          | 1 << Character.OTHER_NUMBER;

  private Words() {}

  /** In order. */
  public static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    for (int from = 0, to; from < text.length(); from = to) {
      to = end(text, from);
      if (to > from) {
        words.add(text.substring(from, to));
      } else {
        int point = text.codePointAt(from);
        to = from + Character.charCount(point);
        if (!isSpace(point)) {
          words.add(text.substring(from, to));
        }
      }
    }
    return words;
  }

  /** Where the word ends that begins at a place; the place itself where none begins. */
  private static int end(String text, int from) {
    int end = from;
    for (int next = from; next < text.length(); ) {
      int point = text.codePointAt(next);
      if (isInWords(point)) {
        next += Character.charCount(point);
        end = next;
      } else if (end == next && end > from && (point == '\'' || point == '\u2019')) {
        next++;
      } else {
        break;
      }
    }
    return end;
  }

  private static boolean isInWords(int point) {
    return (IN_WORDS >>> Character.getType(point) & 1) != 0;
  }

  private static boolean isSpace(int point) {
    return point == ' ' || point >= '\t' && point <= '\r' || Character.isSpaceChar(point);
  }
}
