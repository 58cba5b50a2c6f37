package dev.graft.model.classifier;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.BatchOrder;
import dev.graft.model.nn.BatchRows;
import dev.graft.model.nn.CrossEntropy;
import dev.graft.model.nn.Dropout;
import dev.graft.model.nn.Objective;
import dev.graft.model.nn.ParameterSet;
import java.util.Arrays;
import java.util.Map;

/**
 * Cross-entropy against classes, or soft labels where train rows have them, with optional label
 * smoothing and dropout (Srivastava et al. 2014) of what the first dense layer reads. Better means
 * a higher tune accuracy, then a lower tune loss.
 */
final class ClassifierObjective implements Objective {
  private static final long DROPOUT = 0x64726f70L;

  private final ClassifierNetwork network;
  private final double dropout;
  private final ClassifierTraining training;
  private final TrainingRun run;
  private final BatchOrder order;
  private final int classes;
  private final NDArray zero;

  ClassifierObjective(
      TrainingRun run,
      NDManager manager,
      ClassifierNetwork network,
      double dropout,
      ClassifierTraining training) {
    this.run = run;
    this.network = network;
    this.dropout = dropout;
    this.training = training;
    this.order = BatchOrder.of(run, training.batch());
    this.classes = run.schema().classes().size();
    this.zero = manager.create(0f);
  }

  @Override
  public Loss loss(ParameterSet weights, NDManager scope, long step) {
    int[] rows = order.rows(step);
    byte[] values =
        training.augment()
            ? BatchRows.gather(run.train(), rows, run.augmenter(), run.seed(), step)
            : BatchRows.gather(run.train(), rows);
    NDArray x = network.upload(scope, values, rows.length);
    Dropout dropped = Dropout.of(CounterRandom.of(run.seed(), DROPOUT, step), dropout);
    NDArray logits = network.apply(weights, x, dropped).logits();
    return new Loss(loss(scope, logits, rows), Map.of());
  }

  private NDArray loss(NDManager scope, NDArray logits, int[] rows) {
    LabelledRows train = run.train();
    double smoothing = training.labelSmoothing();
    return train.targets() == null
        ? CrossEntropy.loss(scope, logits, train.labels(), rows, smoothing)
        : CrossEntropy.softLoss(scope, logits, train.targets(), rows, smoothing);
  }

  @Override
  public Map<String, Double> evaluate(ParameterSet weights) {
    LabelledRows tune = run.tune();
    int batch = run.definition().compute().batch();
    CrossEntropy figures = new CrossEntropy(classes);
    for (int start = 0; start < tune.size(); start += batch) {
      int count = Math.min(batch, tune.size() - start);
      try (NDManager scope = zero.getManager().newSubManager()) {
        byte[] values =
            Arrays.copyOfRange(
                tune.values(), start * tune.rowSize(), (start + count) * tune.rowSize());
        NDArray logits =
            network.apply(weights, network.upload(scope, values, count), Dropout.none()).logits();
        figures.add(logits, tune.labels(), start);
      }
    }
    return figures.figures();
  }

  @Override
  public boolean better(Map<String, Double> figures, Map<String, Double> best) {
    return CrossEntropy.better(figures, best);
  }
}
