package dev.graft.model.language;

import dev.graft.model.Derivation.ClassMixture;

/** A language model that texts are drawn from. Thread-safe. */
interface OpenLanguage extends AutoCloseable {
  Tokens tokens();

  /** Most tokens of a text, the end among them. */
  int positions();

  /**
   * Begins the texts of a batch.
   *
   * @param classes of each row, (B)
   * @throws dev.graft.data.GraftException (exit 2) for two of a row where the model takes but one
   */
  Texts begin(ClassMixture classes);

  @Override
  void close();

  /** Texts of a batch, up to a token; of one thread. */
  interface Texts extends AutoCloseable {
    /**
     * Reads a token more.
     *
     * @param before the latest token of each row, (B); is not looked at for the first
     * @param position of the next, from 0, one more than that of the call before
     * @return logits of the next token, (B, tokens)
     */
    float[] next(long[] before, int position);

    @Override
    void close();
  }
}
