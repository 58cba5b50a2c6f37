package dev.graft.model.adversarial;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.BatchOrder;
import dev.graft.model.nn.BatchRows;
import dev.graft.model.nn.ImageArrays;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.OneHot;
import dev.graft.model.nn.ParameterSet;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What games over images of a class have in common: batches of real images, noise, drawn images,
 * and the distance between tune rows and as many drawn ones.
 */
public abstract class ImageGame implements Game {
  private static final long CRITIC_NOISE = 0x637269746963L;
  private static final long GENERATOR_NOISE = 0x67656eL;
  private static final long AUGMENTATION = 0x646966664aL;
  private static final long TUNE_NOISE = 0x74756e65L;

  private final TrainingRun run;
  private final AdversarialTraining training;
  private final GeneratorNetwork generator;
  private final int latent;
  private final ImageShape shape;
  private final ImageArrays images;
  private final BatchOrder order;
  private final int classes;
  private final NDManager manager;
  private final NDArray two;
  private final NDArray one;
  private final NDArray half;
  private final DiffAugment augment;
  private final SlicedDistance distance;

  /**
   * Images with their class.
   *
   * @param images values in [-1, 1], (B, C, H, W)
   * @param oneHot (B, classes)
   */
  protected record Batch(NDArray images, NDArray oneHot) {}

  protected ImageGame(TrainingRun run, NDManager manager, Generator generator) {
    this.run = run;
    this.manager = manager;
    this.generator = generator.network();
    this.latent = generator.latent();
    this.training = AdversarialTraining.of(run.definition().training());
    this.shape = ImageShape.of(run.schema());
    this.images = new ImageArrays(manager, shape);
    this.order = BatchOrder.of(run, training.batch());
    this.classes = OneHot.length(run.schema());
    this.two = manager.create(2f);
    this.one = manager.create(1f);
    this.half = manager.create(0.5f);
    this.augment = training.augment() ? new DiffAugment(shape) : null;
    this.distance = new SlicedDistance(shape.rowSize(), classes);
  }

  @Override
  public final void declareGenerator(ParameterSet parameters) {
    generator.declare(parameters, run.seed());
  }

  @Override
  public final int criticSteps() {
    return training.criticSteps();
  }

  /** Length of the one-hot vectors. */
  protected final int classes() {
    return classes;
  }

  /** Steps of the critic that see all training rows. */
  protected final long stepsPerEpoch() {
    return (run.train().size() + training.batch() - 1L) / training.batch();
  }

  /** The training rows of one of the critic's steps. */
  protected final Batch real(NDManager scope, long criticStep) {
    return batch(scope, run.train(), order.rows(criticStep));
  }

  private Batch batch(NDManager scope, LabelledRows data, int[] rows) {
    NDArray x = images.upload(scope, BatchRows.gather(data, rows), rows.length).mul(two).sub(one);
    return new Batch(x, oneHot(scope, data, rows));
  }

  private NDArray oneHot(NDManager scope, LabelledRows data, int[] rows) {
    return scope.create(OneHot.of(data.labels(), rows, classes), new Shape(rows.length, classes));
  }

  /** Images for the critic to tell from the real ones of the same step, of the same classes. */
  protected final Batch drawnForCritic(NDManager scope, ParameterSet weights, long criticStep) {
    return drawn(scope, weights, order.rows(criticStep), CRITIC_NOISE, criticStep);
  }

  /** Images that the generator is to be judged by. */
  protected final Batch drawnForGenerator(NDManager scope, ParameterSet weights, long step) {
    int[] rows = order.rows(step * training.criticSteps());
    return drawn(scope, weights, rows, GENERATOR_NOISE, step);
  }

  private Batch drawn(NDManager scope, ParameterSet weights, int[] rows, long purpose, long step) {
    NDArray oneHot = oneHot(scope, run.train(), rows);
    NDArray noise = noise(scope, rows.length, CounterRandom.of(run.seed(), purpose, step));
    return new Batch(generator.apply(weights, noise, oneHot), oneHot);
  }

  private NDArray noise(NDManager scope, int rows, CounterRandom random) {
    float[] deviates = new float[rows * latent];
    random.gaussian(deviates, 0, deviates.length);
    return scope.create(deviates, new Shape(rows, latent));
  }

  /**
   * What the critic sees of images.
   *
   * @param use tells uses within a step apart
   */
  protected final NDArray seen(NDArray x, long step, int use) {
    return augment == null
        ? x
        : augment.apply(x, CounterRandom.of(run.seed(), AUGMENTATION, step, use));
  }

  /** The distance of drawn images to tune rows; the same whenever it is called. */
  @Override
  public final Map<String, Double> evaluate(ParameterSet weights) {
    LabelledRows tune = run.tune();
    int total = Math.min(tune.size(), training.evalRows());
    int[] labels = new int[total];
    byte[] drawn = new byte[total * shape.rowSize()];
    for (int start = 0; start < total; start += training.batch()) {
      int[] rows = IntStream.range(start, Math.min(total, start + training.batch())).toArray();
      try (NDManager scope = manager.newSubManager()) {
        NDArray noise = noise(scope, rows.length, CounterRandom.of(run.seed(), TUNE_NOISE, start));
        NDArray x = generator.apply(weights, noise, oneHot(scope, tune, rows));
        byte[] part = images.download(x.mul(half).add(half));
        System.arraycopy(part, 0, drawn, start * shape.rowSize(), part.length);
      }
      for (int row : rows) {
        labels[row] = tune.labels()[row];
      }
    }
    return Map.of("tune-distance", distance.between(tune.values(), drawn, labels));
  }

  /** Whether the distance is strictly smaller. */
  @Override
  public final boolean better(Map<String, Double> figures, Map<String, Double> best) {
    return figures.get("tune-distance") < best.get("tune-distance");
  }
}
