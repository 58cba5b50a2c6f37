package dev.graft.model.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.BatchOrder;
import dev.graft.model.nn.BatchRows;
import dev.graft.model.nn.ImageArrays;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.Objective;
import dev.graft.model.nn.OneHot;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.TrainingNoise;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Conditional flow matching (Lipman et al. 2023, https://arxiv.org/abs/2210.02747) along straight
 * lines (Liu et al. 2023, https://arxiv.org/abs/2209.03003): with noise e and an image x in [-1,
 * 1], the network is asked at z = (1 - t) e + t x for the velocity x - e, and the loss is the mean
 * squared error.
 */
final class FlowObjective implements Objective {
  private static final long TRAIN = 0x666c6f77L;
  private static final long TUNE = 0x74756e65L;

  private final FlowNetwork network;
  private final FlowTraining training;
  private final TrainingRun run;
  private final ImageShape shape;
  private final ImageArrays images;
  private final List<BatchOrder> orders;
  private final int classes;
  private final NDManager manager;
  private final NDArray two;
  private final NDArray one;

  FlowObjective(TrainingRun run, NDManager manager, FlowNetwork network) {
    this.run = run;
    this.manager = manager;
    this.network = network;
    this.training = FlowTraining.of(run.definition().training());
    this.shape = ImageShape.of(run.schema());
    this.images = new ImageArrays(manager, shape);
    this.orders =
        IntStream.range(0, training.parts())
            .mapToObj(part -> BatchOrder.of(run, partRows()))
            .toList();
    this.classes = OneHot.length(run.schema());
    this.two = manager.create(2f);
    this.one = manager.create(1f);
  }

  private int partRows() {
    return training.batch() / training.parts();
  }

  @Override
  public List<Part> parts() {
    return IntStream.range(0, training.parts())
        .<Part>mapToObj(
            part ->
                (weights, scope, step) ->
                    loss(
                        weights,
                        scope,
                        orders.get(part).rows(step * training.parts() + part),
                        step * training.parts() + part))
        .toList();
  }

  @Override
  public Loss loss(ParameterSet weights, NDManager scope, long step) {
    return parts().get(0).loss(weights, scope, step);
  }

  private Loss loss(ParameterSet weights, NDManager scope, int[] rows, long draw) {
    CounterRandom random = CounterRandom.of(run.seed(), TRAIN, draw);
    double[] times = new double[rows.length];
    boolean[] withheld = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      // One time from each of as many equal parts: less noise in the gradient.
      times[i] = time((i + random.uniform(i)) / rows.length);
      withheld[i] = random.uniform(rows.length + i) < training.classDropout();
    }
    CounterRandom noise = CounterRandom.of(run.seed(), TRAIN, draw, 1);
    return new Loss(error(weights, scope, run.train(), rows, times, withheld, noise), Map.of());
  }

  private double time(double uniform) {
    return training.times().equals("uniform")
        ? uniform
        : 1 / (1 + StrictMath.exp(-normalQuantile(uniform)));
  }

  /** Of the logistic distribution with the normal one's variance, which is close enough to it. */
  private static double normalQuantile(double uniform) {
    return Math.sqrt(3) / Math.PI * StrictMath.log(uniform / (1 - uniform));
  }

  private NDArray error(
      ParameterSet weights,
      NDManager scope,
      LabelledRows data,
      int[] rows,
      double[] times,
      boolean[] withheld,
      CounterRandom random) {
    int rowSize = shape.rowSize();
    float[] deviates = TrainingNoise.draw(random, rows.length * rowSize);
    int width = FlowNetwork.TIME_FEATURES + classes + 1;
    float[] told = new float[rows.length * width];
    float[] shares = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      int label = withheld[i] ? classes : Math.max(0, data.labels()[rows[i]]);
      FlowNetwork.timeFeatures(times[i], told, i * width);
      told[i * width + FlowNetwork.TIME_FEATURES + label] = 1;
      shares[i] = (float) times[i];
    }
    NDArray x =
        images
            .upload(scope, BatchRows.gather(data, rows), rows.length)
            .mul(two)
            .sub(one); // (B, C, H, W)
    NDArray noise = noise(scope, deviates, rows.length, shape);
    NDArray target = x.sub(noise);
    NDArray between = noise.add(target.mul(scope.create(shares, new Shape(rows.length, 1, 1, 1))));
    NDArray velocity =
        network.apply(weights, between, scope.create(told, new Shape(rows.length, width)));
    return JniUtils.square((PtNDArray) velocity.sub(target)).mean();
  }

  /** (rows, C, H, W), channels last in memory. */
  static NDArray noise(NDManager scope, float[] deviates, int rows, ImageShape shape) {
    return scope
        .create(deviates, new Shape(rows, shape.height(), shape.width(), shape.channels()))
        .transpose(0, 3, 1, 2);
  }

  /** The loss of tune rows with their class, at times and noise that are always the same. */
  @Override
  public Map<String, Double> evaluate(ParameterSet weights) {
    LabelledRows tune = run.tune();
    int total = Math.min(tune.size(), training.evalRows());
    double sum = 0;
    for (int start = 0; start < total; start += training.batch()) {
      int[] rows = IntStream.range(start, Math.min(total, start + training.batch())).toArray();
      double[] times = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        times[i] = time((i + 0.5) / rows.length);
      }
      CounterRandom noise = CounterRandom.of(run.seed(), TUNE, start);
      try (NDManager scope = manager.newSubManager()) {
        NDArray error = error(weights, scope, tune, rows, times, new boolean[rows.length], noise);
        sum += error.getFloat() * (double) rows.length;
      }
    }
    return Map.of("tune-loss", sum / total);
  }

  @Override
  public boolean better(Map<String, Double> figures, Map<String, Double> best) {
    return figures.get("tune-loss") < best.get("tune-loss");
  }
}
