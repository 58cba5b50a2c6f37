package dev.graft.model.language;

import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.modality.text.CanonicalText;
import dev.graft.modality.text.TextDemands;
import dev.graft.model.ClassCondition;
import dev.graft.model.Derivation;
import dev.graft.model.Derivation.ClassMixture;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.DerivingSampler;
import dev.graft.model.StoredModel;
import dev.graft.model.nn.OneHot;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * A language model, open for drawing: the tokens of a batch of texts one after the other, each
 * given the class and those before it. Calls always have a full batch and end when every text that
 * is wanted has ended; controls are those of {@link TokenChoice} and of {@link TextDemands}. A text
 * has at least one token, and white space at its ends is left out. A variation begins with what
 * {@link KeptBeginning} keeps of its source.
 */
final class LanguageSampler implements DerivingSampler {
  private static final int[] NOTHING = {};

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
    long[] indices = LongStream.range(firstIndex, firstIndex + count).toArray();
    Request request = request(condition, seed, indices, controls);
    return draw(request, ofOneClass(condition, count), row -> NOTHING);
  }

  @Override
  public byte[] derive(
      Condition condition, Derivation derivation, long seed, long[] indices, Controls controls) {
    if (indices.length != derivation.count() || indices.length > batch) {
      throw new IllegalArgumentException(
          indices.length + " indices for " + derivation.count() + " samples, at most " + batch);
    }
    Request request = request(condition, seed, indices, controls);
    if (derivation instanceof ClassMixture mixture) {
      return draw(request, mixture, row -> NOTHING);
    }
    if (derivation instanceof Variation variation) {
      return draw(request, ofOneClass(condition, indices.length), kept(request, variation));
    }
    throw GraftException.usage(
        "a model of family %s goes on from the beginning of a text; between two texts it knows no"
            + " way, so augment.mode cannot be interpolate",
        family);
  }

  private ClassMixture ofOneClass(Condition condition, int count) {
    int[] labels = new int[count];
    Arrays.fill(labels, ClassCondition.label(condition, classes, family));
    return ClassMixture.unmixed(labels);
  }

  /**
   * What a call is asked for.
   *
   * @param random of each row
   */
  private record Request(TokenChoice choice, Wording wording, IntFunction<CounterRandom> random) {}

  private Request request(Condition condition, long seed, long[] indices, Controls controls) {
    ClassCondition.label(condition, classes, family);
    TokenChoice choice = TokenChoice.of(controls, language.positions());
    TextDemands demands = TextDemands.of(controls.values(), controls.texts());
    LongFunction<CounterRandom> random = ClassCondition.random(condition, seed);
    return new Request(
        choice,
        Wording.of(demands, tokens, choice.maxTokens(), rowSize),
        row -> random.apply(indices[row]));
  }

  /** The tokens that are kept of each row's source. */
  private IntFunction<int[]> kept(Request request, Variation variation) {
    Wording wording = request.wording();
    if (!wording.prefixes().isEmpty()) {
      throw GraftException.usage(
          "control prefix says how texts begin, and so does augment.mode vary, by real texts; leave"
              + " one of them out");
    }
    KeptBeginning beginning =
        new KeptBeginning(
            tokens,
            variation.strength(),
            request.choice().maxTokens() - 1 - wording.keywordTokens(),
            wording.demands().mostWords() - wording.keywordWords());
    LabelledRows sources = variation.sources();
    return row ->
        beginning.of(
            CanonicalText.read(sources.values(), row * sources.rowSize(), sources.rowSize()));
  }

  private byte[] draw(Request request, ClassMixture mixture, IntFunction<int[]> beginnings) {
    int count = mixture.count();
    if (count == 0) {
      return new byte[0];
    }
    Draft[] drafts = new Draft[count];
    for (int row = 0; row < count; row++) {
      drafts[row] =
          new Draft(
              tokens,
              request.choice(),
              request.wording(),
              beginnings.apply(row),
              request.random().apply(row));
    }
    draw(drafts, full(mixture), request.choice().maxTokens());
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

  /** What is missing of a batch repeats the first entry. */
  private ClassMixture full(ClassMixture mixture) {
    int[] from = new int[batch];
    int[] to = new int[batch];
    double[] shares = new double[batch];
    for (int i = 0; i < batch; i++) {
      int row = i < mixture.count() ? i : 0;
      from[i] = Math.max(0, mixture.from()[row]);
      to[i] = Math.max(0, mixture.to()[row]);
      shares[i] = mixture.shares()[row];
    }
    return new ClassMixture(from, to, shares);
  }

  private void draw(Draft[] drafts, ClassMixture mixture, int most) {
    long[] before = new long[batch];
    Arrays.fill(before, tokens.end());
    double[] own = new double[tokens.size()];
    try (OpenLanguage.Texts texts = language.begin(mixture)) {
      for (int position = 0; position < most && goesOn(drafts); position++) {
        float[] logits = texts.next(before, position);
        for (int row = 0; row < drafts.length; row++) {
          if (!drafts[row].ended()) {
            for (int token = 0; token < own.length; token++) {
              own[token] = logits[row * own.length + token];
            }
            before[row] = drafts[row].next(own);
          }
        }
      }
    }
  }

  private static boolean goesOn(Draft[] drafts) {
    return Arrays.stream(drafts).anyMatch(draft -> !draft.ended());
  }

  @Override
  public void close() {
    language.close();
  }
}
