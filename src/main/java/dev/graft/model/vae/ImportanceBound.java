package dev.graft.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.BatchRows;
import dev.graft.model.nn.ImageArrays;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.OneHot;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.vae.VaeNetwork.Posterior;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The importance-weighted bound of the log-likelihood (Burda et al. 2016,
 * https://arxiv.org/abs/1509.00519): log 1/K sum of p(x | z) p(z) / q(z | x) over K draws z from
 * the posterior, with the standard normal p(z). Nearer to the likelihood than the bound that is
 * trained. In nats per image, of pixel values in [0, 1] taken as a density.
 */
final class ImportanceBound {
  static final String BOUND = "tune-log-likelihood-bound";

  private static final long NOISE = 0x626f756e64L;
  private static final int MOST_ROWS = 500;
  private static final int BATCH = 50;
  private static final int DRAWS = 50;

  private final TrainingRun run;
  private final VaeNetwork network;
  private final Likelihood likelihood;
  private final ImageShape shape;
  private final int latent;
  private final int classes;

  ImportanceBound(TrainingRun run, VaeNetwork network, int latent, int classes) {
    this.run = run;
    this.network = network;
    this.likelihood = Likelihood.of(VaeTraining.of(run.definition().training()).likelihood());
    this.shape = ImageShape.of(run.schema());
    this.latent = latent;
    this.classes = classes;
  }

  /** The mean over at most {@value #MOST_ROWS} tune rows, as a figure. */
  Map<String, Double> evaluate(ParameterSet weights, NDManager manager) {
    LabelledRows tune = run.tune();
    int total = Math.min(tune.size(), MOST_ROWS);
    ImageArrays images = new ImageArrays(manager, shape);
    double[][] errors = new double[total][DRAWS]; // summed over the values of an image
    double[][] ratios = new double[total][DRAWS]; // log p(z) / q(z | x)
    double mean = 0;
    for (int start = 0; start < total; start += BATCH) {
      int[] rows = IntStream.range(start, Math.min(total, start + BATCH)).toArray();
      try (NDManager scope = manager.newSubManager()) {
        NDArray x = images.upload(scope, BatchRows.gather(tune, rows), rows.length);
        NDArray labels =
            scope.create(OneHot.of(tune.labels(), rows, classes), new Shape(rows.length, classes));
        Posterior posterior = network.encode(weights, x, labels);
        float[] means = posterior.mean().toFloatArray();
        float[] logVariances = posterior.logVariance().toFloatArray();
        for (int draw = 0; draw < DRAWS; draw++) {
          float[] z = new float[means.length];
          CounterRandom.of(run.seed(), NOISE, start, draw).gaussian(z, 0, z.length);
          for (int i = 0; i < z.length; i++) {
            double noise = z[i];
            z[i] = (float) (means[i] + noise * StrictMath.exp(logVariances[i] / 2));
            ratios[start + i / latent][draw] +=
                0.5 * (noise * noise + logVariances[i] - (double) z[i] * z[i]);
          }
          float[] sums = errors(weights, scope, x, labels, z);
          for (int i = 0; i < sums.length; i++) {
            errors[start + i][draw] = sums[i];
            mean += sums[i] / ((double) DRAWS * total * shape.rowSize());
          }
        }
      }
    }
    double sum = 0;
    for (int row = 0; row < total; row++) {
      sum += bound(errors[row], ratios[row], mean);
    }
    return Map.of(BOUND, sum / total);
  }

  private float[] errors(
      ParameterSet weights, NDManager parent, NDArray x, NDArray labels, float[] codes) {
    try (NDManager scope = parent.newSubManager()) {
      long rows = x.getShape().get(0);
      NDArray z = scope.create(codes, new Shape(rows, latent)).concat(labels, 1);
      NDArray errors = likelihood.errors(network.decode(weights, z), x);
      return errors.sum(new int[] {1, 2, 3}).toFloatArray();
    }
  }

  private double bound(double[] errors, double[] ratios, double mean) {
    double[] logs = new double[DRAWS];
    double greatest = Double.NEGATIVE_INFINITY;
    for (int draw = 0; draw < DRAWS; draw++) {
      logs[draw] = likelihood.logDensity(errors[draw], mean, shape.rowSize()) + ratios[draw];
      greatest = Math.max(greatest, logs[draw]);
    }
    double sum = 0;
    for (double log : logs) {
      sum += StrictMath.exp(log - greatest);
    }
    return greatest + StrictMath.log(sum / DRAWS);
  }
}
