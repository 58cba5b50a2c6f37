package dev.graft.evaluate;

import dev.graft.data.LabelledRows;
import dev.graft.modality.RowSimilarity;

/**
 * The synthetic rows of a {@link MetricInput} as they are stored, for metrics that look at values
 * and labels, not at features.
 *
 * @param rows in the order of the features
 * @param similarity of two of them
 */
public record StoredRows(LabelledRows rows, RowSimilarity similarity) {}
