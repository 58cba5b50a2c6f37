package dev.graft.score;

import dev.graft.data.SampleBatch;
import dev.graft.model.Classifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds the columns of some scorers to batches, asking the judge once for each batch. Thread-safe.
 */
public final class BatchScoring {
  private final Classifier judge;
  private final List<Scorer> scorers;
  private final ScoringContext context;

  /**
   * @param judge trained on real rows only
   * @param names registered row scorers
   * @param context the real references
   */
  public BatchScoring(Classifier judge, List<String> names, ScoringContext context) {
    this(judge, names, Map.of(), context);
  }

  /**
   * @param judge trained on real rows only
   * @param names registered row scorers
   * @param terms what the rules of some of them declare, by name
   * @param context the real references
   */
  public BatchScoring(
      Classifier judge,
      List<String> names,
      Map<String, List<String>> terms,
      ScoringContext context) {
    this.judge = judge;
    this.context = context;
    this.scorers =
        names.stream()
            .map(name -> Scorers.get(name).create(context, terms.getOrDefault(name, List.of())))
            .toList();
  }

  /**
   * A batch with its scores and what the judge takes its rows for.
   *
   * @param labels {@link SoftLabels#of}, (rows, classes)
   */
  public record SoftlyLabelled(SampleBatch batch, float[] labels) {}

  /** The batch with one rounded column more for every scorer. */
  public SampleBatch score(SampleBatch batch) {
    return score(batch, rows(batch));
  }

  /** {@link #score} with soft labels; the judge is asked even where no scorer asks it. */
  public SoftlyLabelled label(SampleBatch batch) {
    ScoringBatch rows = rows(batch);
    return new SoftlyLabelled(score(batch, rows), SoftLabels.of(rows.judged()));
  }

  private ScoringBatch rows(SampleBatch batch) {
    int[] labels = new int[batch.size()];
    Arrays.fill(labels, batch.condition().label());
    return new ScoringBatch(labels, batch.rowSize(), batch.values(), judge);
  }

  private SampleBatch score(SampleBatch batch, ScoringBatch rows) {
    SampleBatch scored = batch;
    for (Scorer scorer : scorers) {
      scored = scored.withScore(scorer.info().name(), ScoreScale.round(scorer.score(rows)));
    }
    return scored;
  }

  /** Rounded columns of the real tune rows, by scorer: what percentiles are taken of. */
  public Map<String, float[]> tuneScores() {
    ScoringBatch tune = context.tuneBatch();
    Map<String, float[]> columns = new LinkedHashMap<>();
    for (Scorer scorer : scorers) {
      columns.put(scorer.info().name(), ScoreScale.round(scorer.score(tune)));
    }
    return columns;
  }
}
