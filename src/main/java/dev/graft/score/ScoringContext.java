package dev.graft.score;

import com.google.common.base.Suppliers;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.model.Classifier;
import dev.graft.model.Classifier.Prediction;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What scorers are built from: fixed, seeded references of the real data, so that the cost of a row
 * does not grow with the training set. Immutable and shared by all scorers of a JVM.
 */
public final class ScoringContext {
  private static final int CHUNK = 256;

  private final DatasetSchema schema;
  private final LabelledRows reference;
  private final Prediction referenceJudged;
  private final LabelledRows tune;
  private final Prediction tuneJudged;
  private final Supplier<Neighbourhood> neighbourhood;

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
    this.neighbourhood = Suppliers.memoize(() -> Neighbourhood.of(this));
  }

  /**
   * The references of a dataset, chosen and judged. Chunks are judged side by side: where this is
   * called no other work is there yet for the remaining cores.
   *
   * @param judge the judge, thread-safe
   * @param train real TRAIN rows
   * @param tune real TUNE rows
   * @param seed of the subsets
   */
  public static ScoringContext of(
      DatasetSchema schema, Classifier judge, LabelledRows train, LabelledRows tune, long seed) {
    LabelledRows reference = ReferenceSubset.OF_TRAIN.choose(train, seed);
    LabelledRows usual = ReferenceSubset.OF_TUNE.choose(tune, seed);
    return new ScoringContext(
        schema, reference, judged(judge, reference), usual, judged(judge, usual));
  }

  private static Prediction judged(Classifier judge, LabelledRows rows) {
    int count = rows.size();
    float[] probabilities = new float[count * judge.classes()];
    float[] features = new float[count * judge.featureSize()];
    IntStream.range(0, (count + CHUNK - 1) / CHUNK)
        .parallel()
        .forEach(
            chunk -> {
              int from = chunk * CHUNK;
              int to = Math.min(count, from + CHUNK);
              byte[] values =
                  Arrays.copyOfRange(rows.values(), from * rows.rowSize(), to * rows.rowSize());
              Prediction part = judge.predict(values, to - from);
              System.arraycopy(
                  part.probabilities(),
                  0,
                  probabilities,
                  from * judge.classes(),
                  (to - from) * judge.classes());
              System.arraycopy(
                  part.features(),
                  0,
                  features,
                  from * judge.featureSize(),
                  (to - from) * judge.featureSize());
            });
    return new Prediction(count, judge.classes(), judge.featureSize(), probabilities, features);
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
    return neighbourhood.get();
  }

  /** The real tune rows as a batch, already judged: what thresholds are calibrated on. */
  public ScoringBatch tuneBatch() {
    return ScoringBatch.judged(tune.labels(), tune.rowSize(), tune.values(), tuneJudged);
  }
}
