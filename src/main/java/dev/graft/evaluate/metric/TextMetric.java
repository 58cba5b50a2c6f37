package dev.graft.evaluate.metric;

import dev.graft.evaluate.Metric;
import dev.graft.evaluate.MetricInput;
import dev.graft.modality.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A metric of texts: of their lower-case words, as {@link Words} finds them. */
abstract class TextMetric implements Metric {
  private final MetricInfo info;

  TextMetric(MetricInfo info) {
    this.info = info;
  }

  @Override
  public final MetricInfo info() {
    return info;
  }

  @Override
  public final double compute(MetricInput input) throws MetricUndefined {
    input.atLeast(2);
    if (input.stored().isEmpty() || input.stored().get().texts().isEmpty()) {
      throw new MetricUndefined("the rows are no texts");
    }
    return compute(words(input.stored().get().texts()), words(input.stored().get().realTexts()));
  }

  /**
   * @param synthetic words of each synthetic text
   * @param real words of each real one
   */
  abstract double compute(List<List<String>> synthetic, List<List<String>> real)
      throws MetricUndefined;

  private static List<List<String>> words(List<String> texts) {
    return texts.stream().map(text -> Words.of(text.toLowerCase(Locale.ROOT))).toList();
  }

  /** All runs of so many words of a text, in order. */
  static List<List<String>> grams(List<String> words, int length) {
    List<List<String>> grams = new ArrayList<>();
    for (int i = 0; i + length <= words.size(); i++) {
      grams.add(words.subList(i, i + length));
    }
    return grams;
  }
}
