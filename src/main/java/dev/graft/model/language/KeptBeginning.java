package dev.graft.model.language;

import java.util.Arrays;

/**
 * What a variation keeps of a real text: of its n tokens the first (1 - strength) n, rounded down,
 * so that at least the last is drawn anew, and of those as many as end where a word does. In a text
 * without white space they end where a character does. Tokens that are never drawn are not kept,
 * nor is what follows one.
 */
final class KeptBeginning {
  private static final int CONTINUATION_MASK = 0xC0;
  private static final int CONTINUATION = 0x80;

  /** Far above what (1 - strength) n is short of in binary, far below a token. */
  private static final double ROUNDING = 1e-9;

  private final Tokens vocabulary;
  private final double strength;
  private final int mostTokens;
  private final long mostWords;

  /**
   * @param strength above 0, to 1 for nothing
   * @param mostTokens of what is kept
   * @param mostWords of what is kept
   */
  KeptBeginning(Tokens vocabulary, double strength, int mostTokens, long mostWords) {
    this.vocabulary = vocabulary;
    this.strength = strength;
    this.mostTokens = mostTokens;
    this.mostWords = mostWords;
  }

  /** The tokens that are kept of a text. */
  int[] of(String text) {
    int[] tokens = vocabulary.encode(text);
    boolean spaced = text.chars().anyMatch(c -> c <= 0x7F && Draft.isSpace((byte) c));
    int share = (int) Math.floor((1 - strength) * tokens.length + ROUNDING);
    int count = Math.max(0, Math.min(Math.min(share, tokens.length - 1), mostTokens));
    for (int at = 0; at < count; at++) {
      count = vocabulary.drawable(tokens[at]) ? count : at;
    }
    while (count > 0 && !(ends(tokens, count, spaced) && words(tokens, count) <= mostWords)) {
      count--;
    }
    return Arrays.copyOf(tokens, count);
  }

  /** Whether a word, or a character, ends before token {@code count}. */
  private boolean ends(int[] tokens, int count, boolean spaced) {
    byte[] last = vocabulary.bytes(tokens[count - 1]);
    byte next = vocabulary.bytes(tokens[count])[0];
    return spaced
        ? Draft.isSpace(next) || Draft.isSpace(last[last.length - 1])
        : (next & CONTINUATION_MASK) != CONTINUATION;
  }

  private long words(int[] tokens, int count) {
    String kept = vocabulary.decode(tokens, count).strip();
    return kept.isEmpty() ? 0 : kept.split("\\s+").length;
  }
}
