package dev.graft.model.autoregressive;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.data.LabelledRows;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.BatchOrder;
import dev.graft.model.nn.BatchRows;
import dev.graft.model.nn.ImageArrays;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.Objective;
import dev.graft.model.nn.ParameterSet;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The mean squared error of images that have been codes. Its bound on their likelihood ({@link
 * ImageBound}) is that of codes which are all alike likely.
 */
final class TokenizerObjective implements Objective {
  static final String TUNE = "tune-reconstruction";

  private final TrainingRun run;
  private final NDManager manager;
  private final Tokenizer tokenizer;
  private final AutoregressiveTraining training;
  private final ImageShape shape;
  private final ImageArrays images;
  private final BatchOrder order;

  TokenizerObjective(TrainingRun run, NDManager manager, Tokenizer tokenizer) {
    this.run = run;
    this.manager = manager;
    this.tokenizer = tokenizer;
    this.training = AutoregressiveTraining.of(run.definition().training());
    this.shape = ImageShape.of(run.schema());
    this.images = new ImageArrays(manager, shape);
    this.order = BatchOrder.of(run, training.batch());
  }

  @Override
  public Loss loss(ParameterSet weights, NDManager scope, long step) {
    return new Loss(error(weights, scope, run.train(), order.rows(step)), Map.of());
  }

  private NDArray error(ParameterSet weights, NDManager scope, LabelledRows data, int[] rows) {
    NDArray x = images.upload(scope, BatchRows.gather(data, rows), rows.length);
    return JniUtils.square((PtNDArray) tokenizer.reconstruct(weights, x).sub(x)).mean();
  }

  @Override
  public Map<String, Double> evaluate(ParameterSet weights) {
    LabelledRows tune = run.tune();
    int total = Math.min(tune.size(), training.evalRows());
    double sum = 0;
    for (int start = 0; start < total; start += training.batch()) {
      int[] rows = IntStream.range(start, Math.min(total, start + training.batch())).toArray();
      try (NDManager scope = manager.newSubManager()) {
        sum += error(weights, scope, tune, rows).getFloat() * (double) rows.length;
      }
    }
    double error = sum / total;
    double uniform = tokenizer.positions() * StrictMath.log(tokenizer.codes());
    return Map.of(TUNE, error, ImageBound.TUNE, ImageBound.nats(uniform, error, shape.rowSize()));
  }

  @Override
  public boolean better(Map<String, Double> figures, Map<String, Double> best) {
    return figures.get(TUNE) < best.get(TUNE);
  }

  /** The codes of all rows, (rows, positions). */
  int[] codes(ParameterSet weights, LabelledRows data) {
    int positions = tokenizer.positions();
    int[] codes = new int[data.size() * positions];
    for (int start = 0; start < data.size(); start += training.batch()) {
      int[] rows =
          IntStream.range(start, Math.min(data.size(), start + training.batch())).toArray();
      try (NDManager scope = manager.newSubManager()) {
        NDArray x = images.upload(scope, BatchRows.gather(data, rows), rows.length);
        int[] part = tokenizer.encode(weights, x);
        System.arraycopy(part, 0, codes, start * positions, part.length);
      }
    }
    return codes;
  }
}
