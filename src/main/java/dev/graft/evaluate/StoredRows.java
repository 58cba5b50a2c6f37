package dev.graft.evaluate;

import dev.graft.data.LabelledRows;
import dev.graft.modality.RowSimilarity;
import java.util.List;

/**
 * The rows of a {@link MetricInput} as they are stored, for metrics that look at values and labels
 * or at words, not at features.
 *
 * @param rows synthetic ones, in the order of the features
 * @param similarity of two of them; null where rows have none
 * @param texts what the synthetic rows say; empty for rows that are no texts
 * @param realTexts what the real rows say
 */
public record StoredRows(
    LabelledRows rows, RowSimilarity similarity, List<String> texts, List<String> realTexts) {
  public StoredRows {
    texts = List.copyOf(texts);
    realTexts = List.copyOf(realTexts);
  }

  /** Rows that are no texts. */
  public StoredRows(LabelledRows rows, RowSimilarity similarity) {
    this(rows, similarity, List.of(), List.of());
  }

  /** Texts alone. */
  public static StoredRows ofTexts(List<String> texts, List<String> realTexts) {
    return new StoredRows(null, null, texts, realTexts);
  }
}
