package dev.graft.modality.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a text: runs of letters, marks and digits with apostrophes inside, and every other
 * character that is no white space by itself.
 */
public final class Words {
  private static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['\u2019][\\p{L}\\p{M}\\p{N}]+)*|[^\\s\\p{Z}]");

  private Words() {}

  /** In order. */
  public static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    for (Matcher matcher = WORD.matcher(text); matcher.find(); ) {
      words.add(matcher.group());
    }
    return words;
  }
}
