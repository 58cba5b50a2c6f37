package dev.graft.model.language;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Whole words or characters from a list. Token 0 stands for every piece that is not on it, those of
 * the list come next, and the last is {@link #end}.
 */
final class ListedTokens implements Tokens {
  /** Tokens that are not on the list. */
  static final int SPECIAL = 2;

  static final int UNKNOWN = 0;

  private static final String REPLACEMENT = "\uFFFD";

  private final TokenLevel level;
  private final List<String> pieces;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<byte[]> bytes = new ArrayList<>();

  /**
   * @param pieces in the order of their tokens
   */
  ListedTokens(TokenLevel level, List<String> pieces) {
    this.level = level;
    this.pieces = List.copyOf(pieces);
    bytes.add(REPLACEMENT.getBytes(StandardCharsets.UTF_8));
    for (String piece : pieces) {
      numbers.put(piece, bytes.size());
      bytes.add(piece.getBytes(StandardCharsets.UTF_8));
    }
  }

  TokenLevel level() {
    return level;
  }

  List<String> pieces() {
    return pieces;
  }

  @Override
  public int[] encode(String text) {
    List<Integer> tokens = new ArrayList<>();
    for (Matcher matcher = level.pieces().matcher(text); matcher.find(); ) {
      tokens.add(numbers.getOrDefault(matcher.group(), UNKNOWN));
    }
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public String decode(int[] tokens, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(tokens[i] == UNKNOWN ? REPLACEMENT : pieces.get(tokens[i] - 1));
    }
    return text.toString();
  }

  @Override
  public byte[] bytes(int token) {
    return bytes.get(token);
  }

  @Override
  public boolean drawable(int token) {
    return token != UNKNOWN;
  }

  @Override
  public int end() {
    return bytes.size();
  }
}
