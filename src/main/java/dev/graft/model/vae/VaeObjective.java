package dev.graft.model.vae;

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
import dev.graft.model.nn.Scalars;
import dev.graft.model.vae.VaeNetwork.Posterior;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The negative evidence lower bound of conditional images (Kingma &amp; Welling 2013,
 * https://arxiv.org/abs/1312.6114): -E[log p(x | z, y)] + beta KL(q(z | x, y) || N(0, I)), with one
 * reparameterised draw z = mean + exp(logVariance / 2) e per row.
 */
final class VaeObjective implements Objective {
  private static final long TRAIN_NOISE = 0x747261696eL;
  private static final long TUNE_NOISE = 0x74756e65L;

  private final VaeNetwork network;
  private final VaeTraining training;
  private final Likelihood likelihood;
  private final TrainingRun run;
  private final ImageShape shape;
  private final ImageArrays images;
  private final BatchOrder order;
  private final int latent;
  private final int classes;
  private final NDManager manager;
  private final NDArray half;
  private final NDArray one;

  VaeObjective(TrainingRun run, NDManager manager, VaeNetwork network, int latent, int classes) {
    this.run = run;
    this.manager = manager;
    this.network = network;
    this.training = VaeTraining.of(run.definition().training());
    this.likelihood = Likelihood.of(training.likelihood());
    this.shape = ImageShape.of(run.schema());
    this.images = new ImageArrays(manager, shape);
    this.order = BatchOrder.of(run, training.batch());
    this.latent = latent;
    this.classes = classes;
    this.half = manager.create(0.5f);
    this.one = manager.create(1f);
  }

  @Override
  public Loss loss(ParameterSet weights, NDManager scope, long step) {
    int[] rows = order.rows(step);
    NDArray x = images.upload(scope, BatchRows.gather(run.train(), rows), rows.length);
    float[] noise = new float[rows.length * latent];
    CounterRandom.of(run.seed(), TRAIN_NOISE, step).gaussian(noise, 0, noise.length);
    Pass pass = pass(weights, x, OneHot.of(run.train().labels(), rows, classes), noise);
    NDArray reconstruction = likelihood.loss(pass.logits(), x, shape.rowSize());
    NDArray divergence = pass.divergence().mean(new int[] {0}); // (latent)
    NDArray counted =
        training.freeBits() > 0
            ? Scalars.atLeast(divergence, training.freeBits()).sum()
            : divergence.sum();
    return new Loss(
        reconstruction.add(Scalars.times(counted, training.betaAt(step))),
        Map.of("train-reconstruction", reconstruction, "train-kl", divergence.sum()));
  }

  /**
   * @param logits (B, C, H, W)
   * @param divergence KL by row and latent dimension, (B, latent)
   */
  private record Pass(NDArray logits, NDArray divergence) {}

  private Pass pass(ParameterSet weights, NDArray x, float[] oneHot, float[] noise) {
    NDManager scope = x.getManager();
    long rows = x.getShape().get(0);
    NDArray labels = scope.create(oneHot, new Shape(rows, classes));
    Posterior posterior = network.encode(weights, x, labels);
    NDArray mean = posterior.mean();
    NDArray logVariance = posterior.logVariance();
    NDArray deviation = JniUtils.exp((PtNDArray) logVariance.mul(half));
    NDArray z = scope.create(noise, new Shape(rows, latent)).mul(deviation).add(mean);
    NDArray logits = network.decode(weights, z.concat(labels, 1));
    // 0.5 (mean^2 + variance - 1 - log variance)
    NDArray divergence =
        mean.mul(mean).add(deviation.mul(deviation)).sub(one).sub(logVariance).mul(half);
    return new Pass(logits, divergence);
  }

  @Override
  public Map<String, Double> evaluate(ParameterSet weights) {
    LabelledRows tune = run.tune();
    int total = Math.min(tune.size(), training.evalRows());
    double errors = 0;
    double divergence = 0;
    for (int start = 0; start < total; start += training.batch()) {
      int[] rows = IntStream.range(start, Math.min(total, start + training.batch())).toArray();
      float[] noise = new float[rows.length * latent];
      CounterRandom.of(run.seed(), TUNE_NOISE, start).gaussian(noise, 0, noise.length);
      try (NDManager scope = manager.newSubManager()) {
        NDArray x = images.upload(scope, BatchRows.gather(tune, rows), rows.length);
        Pass pass = pass(weights, x, OneHot.of(tune.labels(), rows, classes), noise);
        errors += likelihood.errors(pass.logits(), x).mean().getFloat() * (double) rows.length;
        divergence += pass.divergence().sum().getFloat();
      }
    }
    double reconstruction = likelihood.loss(errors / total, shape.rowSize());
    double kl = divergence / total;
    return Map.of(
        "tune-reconstruction", reconstruction,
        "tune-kl", kl,
        "tune-loss", reconstruction + training.beta() * kl);
  }

  @Override
  public boolean better(Map<String, Double> figures, Map<String, Double> best) {
    return figures.get("tune-loss") < best.get("tune-loss");
  }

  /**
   * The posterior means of rows.
   *
   * @return (rows, latent)
   */
  float[] means(ParameterSet weights, LabelledRows data, int[] rows) {
    float[] means = new float[rows.length * latent];
    int batch = training.batch();
    for (int start = 0; start < rows.length; start += batch) {
      int[] some = Arrays.copyOfRange(rows, start, Math.min(rows.length, start + batch));
      try (NDManager scope = manager.newSubManager()) {
        NDArray x = images.upload(scope, BatchRows.gather(data, some), some.length);
        NDArray labels =
            scope.create(OneHot.of(data.labels(), some, classes), new Shape(some.length, classes));
        float[] part = network.encode(weights, x, labels).mean().toFloatArray();
        System.arraycopy(part, 0, means, start * latent, part.length);
      }
    }
    return means;
  }
}
