package dev.graft.model.language;

import ai.djl.ndarray.NDManager;
import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.modality.text.CanonicalText;
import dev.graft.model.ClassCondition;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.nn.CausalTransformer;
import dev.graft.model.nn.GradMode;
import dev.graft.model.nn.OneHot;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.TorchEngine;
import dev.graft.model.nn.TransformerBlock.Past;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A trained language model, open for drawing: the tokens of a batch of texts one after the other,
 * each given the class and those before it, whose keys and values are kept. Calls always have a
 * full batch and end when every text that is wanted has ended; controls are those of {@link
 * TokenChoice}. A text has at least one token, and white space at its ends is left out.
 */
final class LanguageSampler implements Sampler {
  private final NDManager manager;
  private final CausalTransformer transformer;
  private final BytePairs pairs;
  private final ParameterSet weights;
  private final String family;
  private final int rowSize;
  private final int classes;
  private final int batch;

  LanguageSampler(StoredModel model) {
    var definition = model.card().definition();
    Safetensors file = Safetensors.decode(model.weights());
    this.family = definition.family();
    this.rowSize = model.card().schema().rowSize();
    this.classes = OneHot.length(model.card().schema());
    this.batch = definition.compute().batch();
    this.pairs =
        TokenizerFile.read(file.bytes().get(TextTransformerFamily.TOKENIZER_FILE).values());
    this.transformer =
        LanguageArchitecture.of(definition.architecture()).transformer(pairs.size(), classes);
    this.manager = TorchEngine.newManager(definition.compute());
    this.weights = ParameterSet.of(manager, file.tensors());
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
    TokenChoice choice = TokenChoice.of(controls, transformer.positions());
    Texts texts = new Texts(count, choice.maxTokens());
    draw(texts, label, choice, ClassCondition.random(condition, seed, firstIndex));
    byte[] values = new byte[count * rowSize];
    for (int row = 0; row < count; row++) {
      String text = pairs.decode(texts.tokens[row], texts.lengths[row]);
      CanonicalText.write(text.strip(), values, row * rowSize, rowSize);
    }
    return values;
  }

  /** What was drawn: tokens without the end, and whether it came. */
  private static final class Texts {
    private final int[][] tokens;
    private final int[] lengths;
    private final boolean[] ended;

    Texts(int count, int most) {
      tokens = new int[count][most];
      lengths = new int[count];
      ended = new boolean[count];
    }

    boolean goOn() {
      for (boolean end : ended) {
        if (!end) {
          return true;
        }
      }
      return false;
    }
  }

  private void draw(
      Texts texts, int label, TokenChoice choice, IntFunction<CounterRandom> randoms) {
    CounterRandom[] random = new CounterRandom[texts.lengths.length];
    Arrays.setAll(random, randoms);
    int[] labels = new int[batch];
    Arrays.fill(labels, label);
    long[] before = new long[batch];
    Arrays.fill(before, pairs.end());
    List<Past> past = new ArrayList<>();
    try (GradMode off = GradMode.off();
        NDManager scope = manager.newSubManager()) {
      for (int position = 0; position < choice.maxTokens() && texts.goOn(); position++) {
        float[] logits =
            (position == 0
                    ? transformer.first(weights, scope, labels, labels, new double[batch], past)
                    : transformer.next(weights, scope, before, position, past))
                .toFloatArray();
        for (int row = 0; row < random.length; row++) {
          if (!texts.ended[row]) {
            int token = choose(logits, row, position, texts, choice, random[row]);
            before[row] = token;
            texts.ended[row] = token == pairs.end();
            if (!texts.ended[row]) {
              texts.tokens[row][texts.lengths[row]++] = token;
            }
          }
        }
      }
    }
  }

  private int choose(
      float[] logits,
      int row,
      int position,
      Texts texts,
      TokenChoice choice,
      CounterRandom random) {
    double[] own = new double[pairs.size()];
    for (int token = 0; token < own.length; token++) {
      own[token] = logits[row * own.length + token];
    }
    if (position == 0) {
      own[pairs.end()] = Double.NEGATIVE_INFINITY;
    }
    return choice.choose(own, texts.tokens[row], texts.lengths[row], random.uniform(position));
  }

  @Override
  public void close() {
    manager.close();
  }
}
