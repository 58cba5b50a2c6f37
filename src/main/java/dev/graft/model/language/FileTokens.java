package dev.graft.model.language;

import dev.graft.data.GraftException;
import java.util.Collections;
import java.util.Map;

/**
 * The tokens of a model file. Each has a code, its number in the file, of which the file may have
 * more: those of special tokens, which no text holds.
 */
final class FileTokens implements Tokens {
  private static final int NONE = -1;
  private static final int SHOWN = 8;

  private final Tokens tokens;
  private final Map<String, Integer> names;
  private final boolean spaceFirst;
  private final int[] codes;

  /**
   * @param tokens numbered as Graft does
   * @param written each one's name in the file, but for the end
   * @param end its name
   * @param names codes of all
   * @param spaceFirst whether a text is read as if a space were before it
   */
  FileTokens(
      Tokens tokens, String[] written, String end, Map<String, Integer> names, boolean spaceFirst) {
    this.tokens = tokens;
    this.names = Map.copyOf(names);
    this.spaceFirst = spaceFirst;
    this.codes = new int[tokens.size()];
    for (int token = 0; token < tokens.end(); token++) {
      codes[token] = names.getOrDefault(written[token], NONE);
    }
    codes[tokens.end()] = special(end, "architecture.end");
  }

  /**
   * The code of a special token.
   *
   * @param key of the definition that names it
   * @throws GraftException (exit 2) when there is none of this name
   */
  int special(String name, String key) {
    Integer code = names.get(name);
    if (code == null) {
      throw GraftException.usage(
          "%s names the token \"%s\", which the tokenizer does not have; its last ones are %s",
          key,
          name,
          String.join(
              ", ",
              names.entrySet().stream()
                  .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                  .limit(SHOWN)
                  .map(Map.Entry::getKey)
                  .toList()));
    }
    return code;
  }

  /** The code of a token that may be drawn, or of the end. */
  int code(long token) {
    return codes[(int) token];
  }

  /** How many codes there are. */
  int codes() {
    return Collections.max(names.values()) + 1;
  }

  @Override
  public int[] encode(String text) {
    return tokens.encode(spaceFirst && !text.startsWith(" ") ? " " + text : text);
  }

  @Override
  public String decode(int[] drawn, int count) {
    return tokens.decode(drawn, count);
  }

  @Override
  public byte[] bytes(int token) {
    return tokens.bytes(token);
  }

  @Override
  public boolean drawable(int token) {
    return tokens.drawable(token) && codes[token] != NONE;
  }

  @Override
  public int end() {
    return tokens.end();
  }

  /**
   * Logits in the order of the tokens.
   *
   * @param logits in the order of the codes
   * @param from where those of a row begin
   * @param out (tokens) from {@code to} on
   */
  void order(float[] logits, int from, float[] out, int to) {
    for (int token = 0; token < codes.length; token++) {
      out[to + token] =
          codes[token] == NONE ? Float.NEGATIVE_INFINITY : logits[from + codes[token]];
    }
  }
}
