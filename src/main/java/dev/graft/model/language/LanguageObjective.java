package dev.graft.model.language;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.BatchOrder;
import dev.graft.model.nn.CodeLikelihood;
import dev.graft.model.nn.Dropout;
import dev.graft.model.nn.Objective;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Scalars;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The negative log-likelihood of texts given their class, exact by the chain rule: the sum over
 * tokens, the end among them, of -log p(token | class, tokens before it). In nats per text, and in
 * bits per byte where no token of the tune rows is unknown.
 */
final class LanguageObjective implements Objective {
  static final String TUNE = "tune-loss";
  static final String BITS = "tune-bits-per-byte";

  private static final long NOISE = 0x6e6f697365L;
  private static final long DROPOUT = 0x64726f70L;

  private final TrainingRun run;
  private final NDManager manager;
  private final LanguageNetwork network;
  private final LanguageTraining training;
  private final BatchOrder order;
  private final TokenRows train;
  private final TokenRows tune;

  LanguageObjective(
      TrainingRun run,
      NDManager manager,
      LanguageNetwork network,
      TokenRows train,
      TokenRows tune) {
    this.run = run;
    this.manager = manager;
    this.network = network;
    this.training = LanguageTraining.of(run.definition().training());
    this.order = BatchOrder.of(run, training.batch());
    this.train = train;
    this.tune = tune;
  }

  @Override
  public Loss loss(ParameterSet weights, NDManager scope, long step) {
    CounterRandom noise = CounterRandom.of(run.seed(), NOISE, step);
    Dropout dropout = Dropout.of(CounterRandom.of(run.seed(), DROPOUT, step), training.dropout());
    int[] rows = order.rows(step);
    return new Loss(nats(weights, scope, train, run.train(), rows, noise, dropout), Map.of());
  }

  /**
   * The mean over rows.
   *
   * @param noise of the tokens that are read; null for none
   */
  private NDArray nats(
      ParameterSet weights,
      NDManager scope,
      TokenRows data,
      LabelledRows labelled,
      int[] rows,
      CounterRandom noise,
      Dropout dropout) {
    int[][] read = new int[rows.length][];
    int[] labels = new int[rows.length];
    LongStream.Builder targets = LongStream.builder();
    for (int i = 0; i < rows.length; i++) {
      read[i] = data.tokens()[rows[i]].clone();
      labels[i] = Math.max(0, labelled.labels()[rows[i]]);
      for (int at = 0; at < read[i].length; at++) {
        targets.add(read[i][at]);
        long draw = 2L * (i * (long) network.positions() + at);
        if (noise != null && noise.uniform(draw) < training.tokenNoise()) {
          read[i][at] = noise.below(draw + 1, network.codes());
        }
      }
    }
    NDArray logits = network.apply(weights, scope, read, labels, dropout);
    return Scalars.times(
        CodeLikelihood.nats(scope, logits, targets.build().toArray()), 1.0 / rows.length);
  }

  @Override
  public Map<String, Double> evaluate(ParameterSet weights) {
    int total = Math.min(run.tune().size(), training.evalRows());
    double sum = 0;
    for (int start = 0; start < total; start += training.batch()) {
      int[] rows = IntStream.range(start, Math.min(total, start + training.batch())).toArray();
      try (NDManager scope = manager.newSubManager()) {
        NDArray nats = nats(weights, scope, tune, run.tune(), rows, null, Dropout.none());
        sum += nats.getFloat() * (double) rows.length;
      }
    }
    double perRow = sum / total;
    double bytesPerRow = (double) tune.bytes() / run.tune().size();
    return tune.whole()
        ? Map.of(TUNE, perRow, BITS, perRow / Math.log(2) / bytesPerRow)
        : Map.of(TUNE, perRow);
  }

  @Override
  public boolean better(Map<String, Double> figures, Map<String, Double> best) {
    return figures.get(TUNE) < best.get(TUNE);
  }
}
