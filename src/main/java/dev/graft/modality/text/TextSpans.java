package dev.graft.modality.text;

import dev.graft.data.parquet.SpanValue;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Labelled stretches of a text, such as slots and named entities, written into it by marks
 * (linearised as in DAGA, Ding et al. 2020, https://aclanthology.org/2020.emnlp-main.488/): before
 * a span stands the mark of its kind, after it U+0001. No real text holds a mark, for they are
 * controls and non-characters, which {@link CanonicalText} refuses; so a text without spans is
 * itself. Spans neither overlap nor nest, none is empty, and none begins or ends with white space.
 */
public final class TextSpans {
  private static final char END = '\u0001';

  /** The mark of each kind by its number. None of them is white space. */
  private static final String BEGINNINGS = beginnings();

  /** How many kinds a dataset may have. */
  static final int MOST_KINDS = BEGINNINGS.length();

  /**
   * A text and what is marked in it.
   *
   * @param text without marks
   * @param spans by their places in it
   */
  public record Marked(String text, List<SpanValue> spans) {
    public Marked {
      spans = List.copyOf(spans);
    }
  }

  private TextSpans() {}

  private static String beginnings() {
    StringBuilder marks = new StringBuilder();
    for (char mark = END + 1; mark <= '\uFDEF'; mark++) {
      if (isMark(mark)) {
        marks.append(mark);
      }
    }
    return marks.toString();
  }

  /** Whether a character is a mark: U+0001 to U+0008, U+000E to U+001B, and so on. */
  static boolean isMark(int point) {
    return point >= END && point <= '\u0008'
        || point >= '\u000E' && point <= '\u001B'
        || point >= '\u0080' && point <= '\u009F' && point != '\u0085'
        || point >= '\uFDD0' && point <= '\uFDEF';
  }

  /** Whether a character is the mark before a span. */
  public static boolean isBeginning(int point) {
    return isMark(point) && point != END;
  }

  /** Whether a text ends within a span, whether or not the marks before it pair up. */
  public static boolean endsWithin(String text) {
    int last = text.length() - 1;
    while (last >= 0 && !isMark(text.charAt(last))) {
      last--;
    }
    return last >= 0 && text.charAt(last) != END;
  }

  /** Whether a text has a mark. */
  public static boolean any(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isMark(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** A text without its marks, whether or not they pair up. */
  public static String plain(String text) {
    if (!any(text)) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    text.chars().filter(unit -> !isMark(unit)).forEach(unit -> plain.append((char) unit));
    return plain.toString();
  }

  /**
   * A text with marks.
   *
   * @param text without any
   * @param spans by their places, none in another
   * @param kinds declared ones, of which the spans are
   */
  public static String marked(String text, List<SpanValue> spans, List<String> kinds) {
    StringBuilder marked = new StringBuilder();
    int done = 0;
    for (SpanValue span : spans) {
      int start = text.offsetByCodePoints(0, span.start());
      int end = text.offsetByCodePoints(0, span.end());
      marked
          .append(text, done, start)
          .append(BEGINNINGS.charAt(kinds.indexOf(span.label())))
          .append(text, start, end)
          .append(END);
      done = end;
    }
    return marked.append(text, done, text.length()).toString();
  }

  /**
   * What a text with marks says.
   *
   * @return nothing where marks do not pair up, or one is of none of these kinds, or a span is
   *     empty or has white space at an end
   */
  public static Optional<Marked> read(String text, List<String> kinds) {
    StringBuilder plain = new StringBuilder();
    List<SpanValue> spans = new ArrayList<>();
    int points = 0;
    int kind = -1;
    int start = 0;
    for (int point : text.codePoints().toArray()) {
      if (!isMark(point)) {
        plain.appendCodePoint(point);
        points++;
      } else if (point != END) {
        if (kind >= 0 || BEGINNINGS.indexOf(point) >= kinds.size()) {
          return Optional.empty();
        }
        kind = BEGINNINGS.indexOf(point);
        start = points;
      } else {
        if (kind < 0 || start == points || hasWhiteEnds(plain, start, points)) {
          return Optional.empty();
        }
        spans.add(new SpanValue(start, points, kinds.get(kind)));
        kind = -1;
      }
    }
    return kind >= 0 ? Optional.empty() : Optional.of(new Marked(plain.toString(), spans));
  }

  private static boolean hasWhiteEnds(CharSequence plain, int start, int points) {
    int last = Character.codePointBefore(plain, plain.length());
    int first =
        Character.codePointAt(
            plain, Character.offsetByCodePoints(plain, plain.length(), start - points));
    return CanonicalText.isWhite(first) || CanonicalText.isWhite(last);
  }

  /** Whether the marks of a text pair up, and it is one of a row when they are left out. */
  public static boolean sound(String text, List<String> kinds) {
    return CanonicalText.isPlain(text) || soundMarks(text, kinds);
  }

  private static boolean soundMarks(String text, List<String> kinds) {
    return read(text, kinds)
        .filter(read -> Normalizer.isNormalized(read.text(), Form.NFC))
        .isPresent();
  }

  /** What spaces divide; a span is never divided, and neither is what it touches. */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      inside = isMark(unit) ? isBeginning(unit) : inside;
      if (unit == ' ' && !inside) {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(unit);
      }
    }
    words.add(word.toString());
    return words;
  }

  /**
   * Takes a text apart, sound or not.
   *
   * @param pieces takes each piece between two marks, none of them empty, and the number of the
   *     kind that it is of, or -1
   */
  public static void forEach(String text, Pieces pieces) {
    int kind = -1;
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || isMark(text.charAt(i))) {
        if (i > from) {
          pieces.take(text.substring(from, i), kind);
        }
        from = i + 1;
        kind = i == text.length() ? -1 : BEGINNINGS.indexOf(text.charAt(i));
      }
    }
  }

  /** Takes the pieces of a text. */
  public interface Pieces {
    void take(String piece, int kind);
  }
}
