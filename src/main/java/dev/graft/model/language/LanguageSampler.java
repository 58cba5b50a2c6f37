package dev.graft.model.language;

import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.modality.text.CanonicalText;
import dev.graft.modality.text.TextDemands;
import dev.graft.model.ClassCondition;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.nn.OneHot;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * A language model, open for drawing: the tokens of a batch of texts one after the other, each
 * given the class and those before it. Calls always have a full batch and end when every text that
 * is wanted has ended; controls are those of {@link TokenChoice} and of {@link TextDemands}. A text
 * has at least one token, and white space at its ends is left out.
 */
final class LanguageSampler implements Sampler {
  private final OpenLanguage language;
  private final Tokens tokens;
  private final String family;
  private final int rowSize;
  private final boolean spans;
  private final int classes;
  private final int batch;

  /**
   * @param language of the model; is closed with this
   */
  LanguageSampler(StoredModel model, OpenLanguage language) {
    var definition = model.card().definition();
    this.language = language;
    this.tokens = language.tokens();
    this.family = definition.family();
    this.rowSize = model.card().schema().rowSize();
    this.spans = !model.card().schema().spans().isEmpty();
    this.classes = OneHot.length(model.card().schema());
    this.batch = definition.compute().batch();
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public byte[] sample(
      Condition condition, long seed, long firstIndex, int count, Controls controls) {
    if (count < 0 || count > batch) {
      throw new IllegalArgumentException(count + " samples asked for; allowed: 0 to " + batch);
    }
    int label = ClassCondition.label(condition, classes, family);
    TokenChoice choice = TokenChoice.of(controls, language.positions());
    Wording wording =
        Wording.of(
            TextDemands.of(controls.values(), controls.texts()),
            tokens,
            choice.maxTokens(),
            rowSize);
    IntFunction<CounterRandom> random = ClassCondition.random(condition, seed, firstIndex);
    Draft[] drafts = new Draft[count];
    Arrays.setAll(drafts, row -> new Draft(tokens, choice, wording, random.apply(row)));
    draw(drafts, label, choice.maxTokens());
    byte[] values = new byte[count * rowSize];
    for (int row = 0; row < count; row++) {
      String text = drafts[row].text();
      if (spans) {
        CanonicalText.writeMarked(text, values, row * rowSize, rowSize);
      } else {
        CanonicalText.write(text, values, row * rowSize, rowSize);
      }
    }
    return values;
  }

  private void draw(Draft[] drafts, int label, int most) {
    int[] labels = new int[batch];
    Arrays.fill(labels, label);
    long[] before = new long[batch];
    Arrays.fill(before, tokens.end());
    try (OpenLanguage.Texts texts = language.begin(labels)) {
      for (int position = 0; position < most && goesOn(drafts); position++) {
        float[] logits = texts.next(before, position);
        for (int row = 0; row < drafts.length; row++) {
          if (!drafts[row].ended()) {
            before[row] = drafts[row].next(own(logits, row));
          }
        }
      }
    }
  }

  private static boolean goesOn(Draft[] drafts) {
    return Arrays.stream(drafts).anyMatch(draft -> !draft.ended());
  }

  /** The logits of a row. */
  private double[] own(float[] logits, int row) {
    double[] own = new double[tokens.size()];
    for (int token = 0; token < own.length; token++) {
      own[token] = logits[row * own.length + token];
    }
    return own;
  }

  @Override
  public void close() {
    language.close();
  }
}
