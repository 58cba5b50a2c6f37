package dev.graft.model.language;

/** How texts become numbers and numbers texts. Thread-safe. */
interface Tokens {
  /** The tokens of a text, without {@link #end}. */
  int[] encode(String text);

  /** The text of the first {@code count} tokens; bytes that are no UTF-8 become U+FFFD. */
  String decode(int[] tokens, int count);

  /** Bytes that a token other than {@link #end} stands for, at least one. */
  byte[] bytes(int token);

  /** Whether a token stands for a text of its own: that of all unknown ones does not. */
  boolean drawable(int token);

  /** The token that ends a text, the last of all. */
  int end();

  /** How many tokens there are, {@link #end} among them. */
  default int size() {
    return end() + 1;
  }
}
