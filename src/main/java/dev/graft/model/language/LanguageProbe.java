package dev.graft.model.language;

import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import java.util.stream.IntStream;

/**
 * Calls a model file to see that it is as declared: from the first token to the longest text, with
 * finite logits that depend on nothing but a text's own class and tokens.
 */
final class LanguageProbe {
  private static final long SEED = 0x70726f6265L;
  private static final double ALIKE = 1e-3;

  private final ProgramLanguage language;
  private final int batch;
  private final int[] drawn;

  LanguageProbe(ProgramLanguage language, int batch) {
    this.language = language;
    this.batch = batch;
    FileTokens tokens = language.tokens();
    this.drawn = IntStream.range(0, tokens.end()).filter(tokens::drawable).toArray();
  }

  /**
   * @throws GraftException (exit 2) that says what was declared and what was found
   */
  void check() {
    for (int count : new int[] {0, 1, language.positions() - 1}) {
      float[] logits = after(count, 0);
      float[] moved = after(count, 1);
      int size = logits.length / batch;
      for (int i = 0; i < logits.length; i++) {
        int row = (i / size + 1) % batch;
        if (Math.abs(logits[i] - moved[row * size + i % size]) > ALIKE) {
          throw GraftException.usage(
              "the model file gives other logits after the same tokens when it is called again with"
                  + " the batch in another order; it must be in evaluation mode (no dropout) and"
                  + " look at no other row");
        }
      }
    }
  }

  /** The logits after some tokens, for rows that lie {@code shift} places on. */
  private float[] after(int count, int shift) {
    int[] labels = new int[batch];
    long[][] tokens = new long[batch][];
    for (int i = 0; i < batch; i++) {
      int row = (i + shift) % batch;
      labels[row] = i % language.classes();
      CounterRandom random = CounterRandom.of(SEED, i);
      tokens[row] =
          IntStream.range(0, count)
              .mapToLong(at -> drawn[random.below(at, drawn.length)])
              .toArray();
    }
    return language.after(tokens, count, labels);
  }
}
