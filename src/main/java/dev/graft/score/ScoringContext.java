package dev.graft.score;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.model.Classifier.Prediction;

/**
 * What scorers are built from: fixed, seeded references of the real data, so that the cost of a row
 * does not grow with the training set.
 *
 * @param schema of the data
 * @param reference seeded subset of real TRAIN rows
 * @param referenceJudged the judge's features and probabilities of {@code reference}
 * @param tune seeded subset of real TUNE rows
 * @param tuneJudged the judge's features and probabilities of {@code tune}
 */
public record ScoringContext(
    DatasetSchema schema,
    LabelledRows reference,
    Prediction referenceJudged,
    LabelledRows tune,
    Prediction tuneJudged) {}
