package dev.graft.model.autoregressive;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.data.LabelledRows;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.BatchOrder;
import dev.graft.model.nn.CausalTransformer;
import dev.graft.model.nn.CodeLikelihood;
import dev.graft.model.nn.Dropout;
import dev.graft.model.nn.Objective;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Scalars;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The negative log-likelihood of the codes of images given their class, exact by the chain rule:
 * the sum over positions of -log p(code | class, codes before it). In nats per image.
 */
final class PriorObjective implements Objective {
  static final String TUNE = "tune-loss";

  private final TrainingRun run;
  private final NDManager manager;
  private final CausalTransformer prior;
  private final AutoregressiveTraining training;
  private final BatchOrder order;
  private final int[] trainCodes;
  private final int[] tuneCodes;
  private final double error;

  /**
   * @param trainCodes of all train rows, (rows, positions)
   * @param tuneCodes of all tune rows
   * @param error mean squared error of tune rows that have been codes
   */
  PriorObjective(
      TrainingRun run,
      NDManager manager,
      CausalTransformer prior,
      int[] trainCodes,
      int[] tuneCodes,
      double error) {
    this.run = run;
    this.manager = manager;
    this.prior = prior;
    this.training = AutoregressiveTraining.of(run.definition().training());
    this.order = BatchOrder.of(run, run.seed() + 1, training.batch());
    this.trainCodes = trainCodes;
    this.tuneCodes = tuneCodes;
    this.error = error;
  }

  @Override
  public Loss loss(ParameterSet weights, NDManager scope, long step) {
    return new Loss(nats(weights, scope, trainCodes, run.train(), order.rows(step)), Map.of());
  }

  private NDArray nats(
      ParameterSet weights, NDManager scope, int[] codes, LabelledRows data, int[] rows) {
    int positions = prior.positions();
    int[][] chosen = new int[rows.length][];
    int[] labels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = Arrays.copyOfRange(codes, rows[i] * positions, (rows[i] + 1) * positions);
      labels[i] = Math.max(0, data.labels()[rows[i]]);
    }
    NDArray logits = prior.apply(weights, scope, chosen, labels, Dropout.none());
    long[] targets = Arrays.stream(chosen).flatMapToInt(Arrays::stream).asLongStream().toArray();
    return Scalars.times(CodeLikelihood.nats(scope, logits, targets), 1.0 / rows.length);
  }

  @Override
  public Map<String, Double> evaluate(ParameterSet weights) {
    int total = Math.min(run.tune().size(), training.evalRows());
    double sum = 0;
    for (int start = 0; start < total; start += training.batch()) {
      int[] rows = IntStream.range(start, Math.min(total, start + training.batch())).toArray();
      try (NDManager scope = manager.newSubManager()) {
        sum += nats(weights, scope, tuneCodes, run.tune(), rows).getFloat() * (double) rows.length;
      }
    }
    double nats = sum / total;
    return Map.of(
        TUNE,
        nats,
        "tune-bits-per-code",
        nats / Math.log(2) / prior.positions(),
        ImageBound.TUNE,
        ImageBound.nats(nats, error, run.schema().rowSize()));
  }

  @Override
  public boolean better(Map<String, Double> figures, Map<String, Double> best) {
    return figures.get(TUNE) < best.get(TUNE);
  }
}
