package dev.graft.modality.text;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Between texts and rows: the UTF-8 bytes of a text in normalisation form C (UAX 15), then zeros.
 * No text holds U+0000.
 */
public final class CanonicalText {
  private static final int CONTINUATION_MASK = 0xC0;
  private static final int CONTINUATION = 0x80;

  private CanonicalText() {}

  /** The text of the row at {@code offset}. */
  public static String read(byte[] values, int offset, int rowSize) {
    return new String(values, offset, length(values, offset, rowSize), StandardCharsets.UTF_8);
  }

  /** The same without the marks of spans, see {@link TextSpans}. */
  public static String plain(byte[] values, int offset, int rowSize) {
    return TextSpans.plain(read(values, offset, rowSize));
  }

  /** Bytes of the row at {@code offset} before the zeros. */
  public static int length(byte[] values, int offset, int rowSize) {
    int length = 0;
    while (length < rowSize && values[offset + length] != 0) {
      length++;
    }
    return length;
  }

  /**
   * Writes a text as the row at {@code offset}; what does not fit is cut off at the end of a code
   * point.
   *
   * @param text of any kind: it is normalised, and what no row can hold is left out
   */
  public static void write(String text, byte[] out, int offset, int rowSize) {
    put(normal(text), out, offset, rowSize);
  }

  /** The same of a text whose spans are marked, see {@link TextSpans}: marks stay. */
  public static void writeMarked(String text, byte[] out, int offset, int rowSize) {
    put(marked(text), out, offset, rowSize);
  }

  private static void put(String normal, byte[] out, int offset, int rowSize) {
    byte[] bytes = normal.getBytes(StandardCharsets.UTF_8);
    int length = cut(bytes, rowSize);
    System.arraycopy(bytes, 0, out, offset, length);
    Arrays.fill(out, offset + length, offset + rowSize, (byte) 0);
  }

  /** Without controls but tab and line feed, lone surrogates and non-characters; in form C. */
  static String normal(String text) {
    return normal(text, CanonicalText::isText);
  }

  /** The same with the marks of spans. */
  static String marked(String text) {
    return normal(text, point -> isText(point) || TextSpans.isMark(point));
  }

  private static String normal(String text, IntPredicate stays) {
    if (isPlain(text)) {
      return text;
    }
    int[] kept = text.codePoints().filter(stays).toArray();
    return Normalizer.normalize(new String(kept, 0, kept.length), Form.NFC);
  }

  /** Whether a text is of printable ASCII, tabs and line feeds alone, which is the usual one. */
  static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char at = text.charAt(i);
      if ((at < ' ' || at > '~') && at != '\t' && at != '\n') {
        return false;
      }
    }
    return true;
  }

  /** Whether a row may hold a code point. */
  static boolean isText(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL -> codePoint == '\t' || codePoint == '\n';
      case Character.SURROGATE -> false;
      default -> (codePoint & 0xFFFE) != 0xFFFE && (codePoint < 0xFDD0 || codePoint > 0xFDEF);
    };
  }

  /** Bytes that a text takes in a row, which may have fewer. */
  public static int bytes(String text) {
    return normal(text).getBytes(StandardCharsets.UTF_8).length;
  }

  /** Each run of white space as one space, none at the ends. */
  public static String collapsed(String text) {
    if (isCollapsed(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            codePoint -> {
              boolean space = isWhite(codePoint);
              if (!space) {
                out.appendCodePoint(codePoint);
              } else if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                out.append(' ');
              }
            });
    int end = out.length();
    return out.substring(0, end > 0 && out.charAt(end - 1) == ' ' ? end - 1 : end);
  }

  /** False too for some texts with characters beyond ASCII that need not change. */
  private static boolean isCollapsed(String text) {
    char before = ' ';
    for (int i = 0; i < text.length(); i++) {
      char at = text.charAt(i);
      if (at < ' ' || at > '~' || at == ' ' && before == ' ') {
        return false;
      }
      before = at;
    }
    return before != ' ' || text.isEmpty();
  }

  static boolean isWhite(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  /** The longest beginning of at most {@code most} bytes that ends with a code point. */
  static int cut(byte[] utf8, int most) {
    int length = Math.min(utf8.length, most);
    while (length > 0
        && length < utf8.length
        && (utf8[length] & CONTINUATION_MASK) == CONTINUATION) {
      length--;
    }
    return length;
  }
}
