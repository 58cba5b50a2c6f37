package dev.graft.cli.init;

import java.util.HashSet;
import java.util.Set;

/** What the values of one column of a beginning are like. */
final class ColumnValues {
  private static final int MOST_CLASSES = 1000;
  private static final double SENTENCE_WORDS = 3;
  private static final double UNSPACED_LENGTH = 8;
  private static final double MOSTLY = 0.6;

  private final Set<String> different = new HashSet<>();
  private long rows;
  private long characters;
  private long letters;
  private long ideographs;
  private long words;

  void add(String value) {
    rows++;
    different.add(value);
    characters += value.codePoints().filter(point -> !Character.isWhitespace(point)).count();
    letters += value.codePoints().filter(Character::isLetter).count();
    ideographs += value.codePoints().filter(ColumnValues::standsWithoutSpaces).count();
    words += value.isBlank() ? 0 : value.strip().split("\\s+").length;
  }

  int different() {
    return different.size();
  }

  /** Mean characters of a value, white space left out. */
  double length() {
    return rows == 0 ? 0 : characters / (double) rows;
  }

  /** Whether it is more than numbers. */
  boolean hasLetters() {
    return letters > 0;
  }

  /**
   * Whether its values may be names of classes: several, and each in two rows on average.
   *
   * @param records in which the column may have values
   */
  boolean classes(long records) {
    return different.size() >= 2 && different.size() <= Math.min(MOST_CLASSES, records / 2);
  }

  /**
   * Whether its values are sentences: of some words (or as long as that in scripts without spaces),
   * mostly of letters, and hardly one of them in more than a few rows. Names, dates, addresses and
   * numbers are none.
   */
  boolean sentences() {
    boolean unspaced = ideographs > MOSTLY * characters;
    return different.size() > 2
        && different.size() >= rows / 5
        && letters >= MOSTLY * characters
        && (unspaced ? length() >= UNSPACED_LENGTH : words >= SENTENCE_WORDS * rows);
  }

  private static boolean standsWithoutSpaces(int point) {
    return switch (Character.UnicodeScript.of(point)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }
}
