package dev.graft.score;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.model.Classifier.Prediction;

/**
 * What scorers are built from: fixed, seeded references of the real data, so that the cost of a row
 * does not grow with the training set. Immutable and shared by all scorers of a JVM.
 */
public final class ScoringContext {
  private final DatasetSchema schema;
  private final LabelledRows reference;
  private final Prediction referenceJudged;
  private final LabelledRows tune;
  private final Prediction tuneJudged;
  private final Neighbourhood neighbourhood;

  /**
   * @param schema of the data
   * @param reference seeded subset of real TRAIN rows
   * @param referenceJudged the judge's features and probabilities of {@code reference}
   * @param tune seeded subset of real TUNE rows
   * @param tuneJudged the judge's features and probabilities of {@code tune}
   */
  public ScoringContext(
      DatasetSchema schema,
      LabelledRows reference,
      Prediction referenceJudged,
      LabelledRows tune,
      Prediction tuneJudged) {
    this.schema = schema;
    this.reference = reference;
    this.referenceJudged = referenceJudged;
    this.tune = tune;
    this.tuneJudged = tuneJudged;
    this.neighbourhood = Neighbourhood.of(this);
  }

  public DatasetSchema schema() {
    return schema;
  }

  public LabelledRows reference() {
    return reference;
  }

  public Prediction referenceJudged() {
    return referenceJudged;
  }

  public LabelledRows tune() {
    return tune;
  }

  public Prediction tuneJudged() {
    return tuneJudged;
  }

  /** Nearest real references in judge features, shared by the scorers that need them. */
  public Neighbourhood neighbourhood() {
    return neighbourhood;
  }

  /** The real tune rows as a batch, already judged: what thresholds are calibrated on. */
  public ScoringBatch tuneBatch() {
    return ScoringBatch.judged(tune.labels(), tune.rowSize(), tune.values(), tuneJudged);
  }
}
