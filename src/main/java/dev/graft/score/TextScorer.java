package dev.graft.score;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.modality.text.CanonicalText;
import dev.graft.modality.text.TextModality;
import dev.graft.modality.text.TextSpans;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A scorer that looks at one text at a time, whatever its class.
 *
 * @param info what it declares of itself
 * @param figure of a text
 * @param marked whether it looks at the marks of spans too
 */
record TextScorer(ScorerInfo info, ToDoubleFunction<String> figure, boolean marked)
    implements Scorer {
  /**
   * How such a scorer is made and registered.
   *
   * @param figure makes, of the real reference texts, what gives a text's figure
   */
  static ScorerFactory factory(
      ScorerInfo info, Function<List<String>, ToDoubleFunction<String>> figure) {
    return factory(info, (schema, references) -> figure.apply(references));
  }

  /**
   * How a scorer is made that must know what parts a text has. It is given texts without the marks
   * of spans.
   *
   * @param figure makes, of the schema and the real reference texts, what gives a text's figure
   */
  static ScorerFactory factory(
      ScorerInfo info, BiFunction<DatasetSchema, List<String>, ToDoubleFunction<String>> figure) {
    return factory(info, figure, false);
  }

  /**
   * How a scorer is made that looks at texts with the marks of their spans.
   *
   * @param figure makes, of the schema and the real reference texts, what gives a text's figure;
   *     all of them with marks
   */
  static ScorerFactory ofMarked(
      ScorerInfo info, BiFunction<DatasetSchema, List<String>, ToDoubleFunction<String>> figure) {
    return factory(info, figure, true);
  }

  private static ScorerFactory factory(
      ScorerInfo info,
      BiFunction<DatasetSchema, List<String>, ToDoubleFunction<String>> figure,
      boolean marked) {
    return new ScorerFactory() {
      @Override
      public ScorerInfo info() {
        return info;
      }

      @Override
      public String modality() {
        return TextModality.NAME;
      }

      @Override
      public Scorer create(ScoringContext context) {
        return new TextScorer(
            info, figure.apply(context.schema(), texts(context.reference(), marked)), marked);
      }
    };
  }

  private static List<String> texts(LabelledRows rows, boolean marked) {
    return IntStream.range(0, rows.size())
        .mapToObj(row -> CanonicalText.read(rows.values(), row * rows.rowSize(), rows.rowSize()))
        .map(text -> marked ? text : TextSpans.plain(text))
        .toList();
  }

  @Override
  public float[] score(ScoringBatch batch) {
    float[] column = new float[batch.size()];
    for (int row = 0; row < column.length; row++) {
      column[row] =
          (float) figure.applyAsDouble(marked ? batch.markedText(row) : batch.texts()[row]);
    }
    return column;
  }
}
