package dev.graft.model.language;

import dev.graft.data.GraftException;
import dev.graft.model.Derivation.ClassMixture;
import dev.graft.model.external.Program;
import dev.graft.model.nn.Tensor;
import java.util.Arrays;

/**
 * A model file with its tokenizer. It keeps nothing: for every token it is given all those before,
 * which are as many in every row.
 */
final class ProgramLanguage implements OpenLanguage {
  private static final int PADDED_TO_MULTIPLES_OF = 64;

  /** Logits beyond the tokenizer's; more of them are a sign of another model's tokenizer. */
  private static final int MOST_PADDING = 1024;

  private final TextExternalArchitecture architecture;
  private final FileTokens tokens;
  private final Program program;
  private final int[] numbers;
  private final long[][] beginnings;

  /**
   * @param program is closed with this
   * @param numbers the file's number of each class of the data
   */
  ProgramLanguage(
      TextExternalArchitecture architecture, FileTokens tokens, Program program, int[] numbers) {
    this.architecture = architecture;
    this.tokens = tokens;
    this.program = program;
    this.numbers = numbers;
    this.beginnings = architecture.beginnings(tokens);
  }

  @Override
  public FileTokens tokens() {
    return tokens;
  }

  @Override
  public int positions() {
    return architecture.maxTokens();
  }

  /** How many classes of the data there are. */
  int classes() {
    return numbers.length;
  }

  @Override
  public Texts begin(ClassMixture classes) {
    if (Arrays.stream(classes.shares()).anyMatch(share -> share > 0)) {
      throw GraftException.usage(
          "a language model from a file is told one class of a text; it mixes none");
    }
    int[] labels = classes.from();
    long[][] read = new long[labels.length][positions()];
    return new Texts() {
      @Override
      public float[] next(long[] before, int position) {
        for (int row = 0; position > 0 && row < read.length; row++) {
          read[row][position - 1] = before[row];
        }
        return after(read, position, labels);
      }

      @Override
      public void close() {
        // nothing is kept
      }
    };
  }

  /**
   * Logits of the next token, (B, tokens).
   *
   * @param read tokens of each row, (B, count or more)
   * @param labels class of each row, (B)
   * @throws GraftException (exit 2) when the file does not give them
   */
  float[] after(long[][] read, int count, int[] labels) {
    int[] classes = Arrays.stream(labels).map(label -> numbers[label]).toArray();
    int begun = beginnings[0].length;
    int length = begun + count;
    long[] codes = new long[read.length * length];
    for (int row = 0; row < read.length; row++) {
      System.arraycopy(beginnings[classes[row]], 0, codes, row * length, begun);
      for (int at = 0; at < count; at++) {
        codes[row * length + begun + at] = tokens.code(read[row][at]);
      }
    }
    Tensor output = program.run(architecture.inputs(codes, classes)).get(0);
    int width = width(output.shape(), read.length, length);
    int stride = output.values().length / read.length;
    float[] logits = new float[read.length * tokens.size()];
    for (int row = 0; row < read.length; row++) {
      int last = (row + 1) * stride - width;
      for (int code = 0; code < tokens.codes(); code++) {
        if (!Float.isFinite(output.values()[last + code])) {
          throw GraftException.usage(
              "the model file gives a logit that is %s; allowed: finite numbers",
              output.values()[last + code]);
        }
      }
      tokens.order(output.values(), last, logits, row * tokens.size());
    }
    return logits;
  }

  /**
   * Logits of a token, at every position or at the last one alone: as many as there are codes, or
   * more where a padded vocabulary has some of no token, which are passed over.
   */
  private int width(long[] shape, int batch, int length) {
    int codes = tokens.codes();
    int width = (int) shape[Math.max(0, shape.length - 1)];
    boolean padded =
        width > codes && width < codes + MOST_PADDING && width % PADDED_TO_MULTIPLES_OF == 0;
    if ((width == codes || padded)
        && (Arrays.equals(shape, new long[] {batch, length, width})
            || Arrays.equals(shape, new long[] {batch, width}))) {
      return width;
    }
    throw GraftException.usage(
        "the model file gives logits of shape %s for %d texts of %d tokens; its tokenizer has %d"
            + " tokens, so allowed are [%d, %d, %d] and, of the last token alone, [%d, %d], or in"
            + " place of %d a multiple of %d that is less than %d more",
        Arrays.toString(shape),
        batch,
        length,
        codes,
        batch,
        length,
        codes,
        batch,
        codes,
        codes,
        PADDED_TO_MULTIPLES_OF,
        MOST_PADDING);
  }

  @Override
  public void close() {
    program.close();
  }
}
