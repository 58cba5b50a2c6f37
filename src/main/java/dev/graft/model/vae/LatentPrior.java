package dev.graft.model.vae;

import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.model.nn.Tensor;
import dev.graft.model.nn.TorchScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Where the latent vectors of new samples come from, by class. Posteriors of a trained VAE do not
 * fill the standard normal distribution; a density fitted to them afterwards gives better samples
 * (Ghosh et al. 2020, https://arxiv.org/abs/1903.12436).
 */
final class LatentPrior {
  private static final String WEIGHTS = "prior.weights";
  private static final String MEANS = "prior.means";
  private static final String FACTORS = "prior.factors";
  private static final long FIT = 0x7072696f72L;
  private static final int MAX_ROWS_PER_CLASS = 4000;
  private static final int COMPONENT = -1;

  /** Types of numbers in TorchScript. */
  private static final String FLOAT = "6";

  private static final String DOUBLE = "7";

  private final List<GaussianMixture> classes;

  private LatentPrior(List<GaussianMixture> classes) {
    this.classes = classes;
  }

  /** Posterior means of training rows. */
  @FunctionalInterface
  interface Means {
    /** (rows, latent). */
    float[] of(int[] rows);
  }

  /** Fits the declared kind of prior. */
  static LatentPrior fit(
      VaeArchitecture architecture, LabelledRows train, int classes, long seed, Means means) {
    int latent = architecture.latent();
    List<GaussianMixture> fitted = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      int label = c;
      int[] rows =
          IntStream.range(0, train.size())
              .filter(row -> Math.max(0, train.labels()[row]) == label)
              .limit(MAX_ROWS_PER_CLASS)
              .toArray();
      if (rows.length == 0 || architecture.prior().kind().equals("standard")) {
        fitted.add(GaussianMixture.standard(latent));
        continue;
      }
      int components =
          architecture.prior().kind().equals("class-mixture")
              ? architecture.prior().components()
              : 1;
      fitted.add(
          GaussianMixture.fit(
              matrix(means.of(rows), latent), components, CounterRandom.of(seed, FIT, c)));
    }
    return new LatentPrior(fitted);
  }

  private static double[][] matrix(float[] values, int columns) {
    double[][] matrix = new double[values.length / columns][columns];
    for (int i = 0; i < values.length; i++) {
      matrix[i / columns][i % columns] = values[i];
    }
    return matrix;
  }

  /** As tensors for the weights file. Classes with fewer components have weights of zero. */
  SortedMap<String, Tensor> export() {
    int latent = classes.get(0).dimension();
    int components =
        classes.stream().mapToInt(mixture -> mixture.weights().length).max().orElseThrow();
    float[] weights = new float[classes.size() * components];
    float[] means = new float[weights.length * latent];
    float[] factors = new float[means.length * latent];
    for (int c = 0; c < classes.size(); c++) {
      GaussianMixture mixture = classes.get(c);
      for (int k = 0; k < mixture.weights().length; k++) {
        int position = c * components + k;
        weights[position] = (float) mixture.weights()[k];
        copy(mixture.means()[k], means, position * latent);
        copy(mixture.factors()[k], factors, position * latent * latent);
      }
    }
    return new TreeMap<>(
        Map.of(
            WEIGHTS, Tensor.of(weights, classes.size(), components),
            MEANS, Tensor.of(means, classes.size(), components, latent),
            FACTORS, Tensor.of(factors, classes.size(), components, latent, latent)));
  }

  private static void copy(double[] from, float[] to, int offset) {
    for (int i = 0; i < from.length; i++) {
      to[offset + i] = (float) from[i];
    }
  }

  /** Reads {@link #export}. */
  static LatentPrior of(Map<String, Tensor> tensors) {
    Tensor weights = tensors.get(WEIGHTS);
    float[] means = tensors.get(MEANS).values();
    float[] factors = tensors.get(FACTORS).values();
    int components = (int) weights.shape()[1];
    int latent = (int) tensors.get(MEANS).shape()[2];
    List<GaussianMixture> classes = new ArrayList<>();
    for (int c = 0; c < weights.shape()[0]; c++) {
      double[] shares = new double[components];
      double[][] centres = new double[components][latent];
      double[][] spreads = new double[components][latent * latent];
      for (int k = 0; k < components; k++) {
        int position = c * components + k;
        shares[k] = weights.values()[position];
        for (int i = 0; i < latent; i++) {
          centres[k][i] = means[position * latent + i];
        }
        for (int i = 0; i < latent * latent; i++) {
          spreads[k][i] = factors[position * latent * latent + i];
        }
      }
      classes.add(new GaussianMixture(shares, centres, spreads));
    }
    return new LatentPrior(classes);
  }

  int classes() {
    return classes.size();
  }

  /**
   * Draws one latent vector.
   *
   * @param random of this sample alone
   * @param truncation factor on the noise: 1 is the fitted density, less is nearer to its centres
   * @param out receives the vector at {@code offset}
   */
  void draw(int label, CounterRandom random, double truncation, float[] out, int offset) {
    GaussianMixture mixture = classes.get(label);
    int latent = mixture.dimension();
    float[] noise = new float[latent];
    random.gaussian(noise, 0, latent);
    int component = component(mixture.weights(), random.uniform(COMPONENT));
    double[] mean = mixture.means()[component];
    double[] factor = mixture.factors()[component];
    for (int i = 0; i < latent; i++) {
      double value = 0;
      for (int j = 0; j <= i; j++) {
        value += factor[i * latent + j] * noise[j];
      }
      out[offset + i] = (float) (mean[i] + truncation * value);
    }
  }

  /** The mean of a class's latent vectors, (latent). */
  double[] centre(int label) {
    GaussianMixture mixture = classes.get(label);
    double[] centre = new double[mixture.dimension()];
    double total = 0;
    for (double weight : mixture.weights()) {
      total += weight;
    }
    for (int k = 0; k < mixture.weights().length; k++) {
      for (int i = 0; i < centre.length; i++) {
        centre[i] += mixture.weights()[k] / total * mixture.means()[k][i];
      }
    }
    return centre;
  }

  /** Length of the noise that {@link #write} takes: the component has a deviate of its own. */
  int noiseLength() {
    return classes.get(0).dimension() + (components() > 1 ? 1 : 0);
  }

  private int components() {
    return classes.stream().mapToInt(mixture -> mixture.weights().length).max().orElseThrow();
  }

  /**
   * The noise of {@link #draw} for {@link #write}.
   *
   * @param out receives {@link #noiseLength} values at {@code offset}
   */
  void noise(CounterRandom random, float[] out, int offset) {
    int latent = classes.get(0).dimension();
    random.gaussian(out, offset, latent);
    if (components() > 1) {
      out[offset + latent] =
          (float)
              new NormalDistribution(null, 0, 1)
                  .inverseCumulativeProbability(random.uniform(COMPONENT));
    }
  }

  /**
   * {@link #draw} in TorchScript, from standard normal noise; gives the name of the latent vectors.
   * The last of the noise chooses the component by its place in the normal distribution.
   */
  String write(TorchScript script, String noise, String label) {
    int latent = classes.get(0).dimension();
    String precise = script.call("to", noise, DOUBLE);
    String position = script.call("mul", label, components());
    if (components() > 1) {
      String deviate = script.call("select", precise, 1, latent);
      String uniform =
          script.call(
              "mul",
              script.call(
                  "add",
                  script.call("erf", script.call("mul", deviate, StrictMath.sqrt(0.5))),
                  "1"),
              0.5);
      String weights =
          script.call(
              "to", script.call("index_select", TorchScript.weight(WEIGHTS), 0, label), DOUBLE);
      String reached =
          script.call(
              "ge", script.call("unsqueeze", uniform, 1), script.call("cumsum", weights, 1));
      String component =
          script.call("clamp", script.call("sum", reached, "[1]"), 0, components() - 1);
      position = script.call("add", position, component);
    }
    String means = script.call("reshape", TorchScript.weight(MEANS), List.of(-1, latent));
    String factors =
        script.call("reshape", TorchScript.weight(FACTORS), List.of(-1, latent, latent));
    String mean = script.call("to", script.call("index_select", means, 0, position), DOUBLE);
    String factor = script.call("to", script.call("index_select", factors, 0, position), DOUBLE);
    String deviates = script.call("unsqueeze", script.call("narrow", precise, 1, 0, latent), 2);
    String moved = script.call("squeeze", script.call("bmm", factor, deviates), 2);
    return script.call("to", script.call("add", mean, moved), FLOAT);
  }

  private static int component(double[] weights, double uniform) {
    double rest = uniform;
    int last = 0;
    for (int k = 0; k < weights.length; k++) {
      if (weights[k] > 0) {
        last = k;
        rest -= weights[k];
        if (rest < 0) {
          return k;
        }
      }
    }
    return last;
  }
}
