package dev.graft.model.autoregressive;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import dev.graft.model.Derivation.ClassMixture;
import dev.graft.model.StoredModel;
import dev.graft.model.nn.Attention.Past;
import dev.graft.model.nn.CausalTransformer;
import dev.graft.model.nn.DerivingImageSampler;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.PhasedLearner;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.Tensor;
import dev.graft.model.nn.TensorGroups;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trained tokenizer and prior, open for drawing: the codes of an image one after the other, then
 * the image of the codes.
 *
 * <p>Control {@code temperature}: the logits are divided by it; 1 by default, less for more typical
 * and less varied samples, above 0.
 *
 * <p>A variation of strength s draws that share of its source's codes anew, at least one, at places
 * that the index chooses; each is drawn given the class and the codes before it, new or kept, so
 * what is kept after it may not suit it: at small strengths single patches differ. A path goes
 * straight between the codes before rounding, for they are no normal noise, and is drawn from them
 * without a choice. A class mixture puts the shares of both classes before the first code.
 */
final class AutoregressiveSampler extends DerivingImageSampler {
  static final String TEMPERATURE = "temperature";

  private static final long REDRAWN = 0x726564726177L;

  private final Tokenizer tokenizer;
  private final CausalTransformer prior;
  private final ParameterSet tokenizerWeights;
  private final ParameterSet encoderWeights;
  private final ParameterSet priorWeights;

  AutoregressiveSampler(StoredModel model) {
    super(model);
    AutoregressiveArchitecture architecture =
        AutoregressiveArchitecture.of(model.card().definition().architecture());
    tokenizer = new Tokenizer(architecture.tokenizer(), shape());
    prior =
        new CausalTransformer(
            architecture.prior(),
            architecture.tokenizer().codes(),
            tokenizer.positions(),
            classes());
    SortedMap<String, Tensor> tensors = Safetensors.decode(model.weights()).tensors();
    SortedMap<String, Tensor> encoder = TensorGroups.get(tensors, PhasedLearner.FIRST);
    SortedMap<String, Tensor> decoder = new TreeMap<>(encoder);
    encoder.keySet().removeIf(name -> !name.startsWith("encoder."));
    encoderWeights = ParameterSet.of(manager(), encoder);
    decoder.keySet().removeIf(name -> !name.startsWith("decoder."));
    tokenizerWeights = ParameterSet.of(manager(), decoder);
    priorWeights = ParameterSet.of(manager(), TensorGroups.get(tensors, PhasedLearner.SECOND));
  }

  @Override
  protected NDArray draw(NDManager scope, Request request) {
    int[] labels = new int[batch()];
    Arrays.fill(labels, request.label());
    return draw(scope, request, ClassMixture.unmixed(labels), null, 1);
  }

  @Override
  protected NDArray vary(NDManager scope, Request request, Sources sources, double strength) {
    int[] codes =
        tokenizer.encode(encoderWeights, arrays().upload(scope, sources.values(), batch()));
    ClassMixture classes = ClassMixture.unmixed(sources.labels());
    int redrawn = Math.max(1, (int) Math.round(strength * prior.positions()));
    return draw(scope, request, classes, codes, redrawn);
  }

  @Override
  protected float[] encode(NDManager scope, Request request, Sources sources) {
    return tokenizer.bounds(encoderWeights, arrays().upload(scope, sources.values(), batch()));
  }

  @Override
  protected NDArray decode(NDManager scope, Request request, float[] codes, float[] classes) {
    return tokenizer.decode(tokenizerWeights, scope, codes);
  }

  @Override
  protected double[] between(double[] from, double[] to, double position) {
    double[] between = new double[from.length];
    Arrays.setAll(between, i -> (1 - position) * from[i] + position * to[i]);
    return between;
  }

  @Override
  protected NDArray mix(NDManager scope, Request request, ClassMixture mixture) {
    return draw(scope, request, mixture, null, 1);
  }

  /**
   * Draws codes and makes the images.
   *
   * @param kept codes of the sources, (batch, positions); null to draw all
   * @param redrawn how many of an image's codes are drawn where some are kept
   */
  private NDArray draw(
      NDManager scope, Request request, ClassMixture classes, int[] kept, int redrawn) {
    double temperature = request.controls().get(TEMPERATURE, 1);
    if (!(temperature > 0)) {
      throw GraftException.usage("control temperature is %s; allowed: above 0", temperature);
    }
    int rows = batch();
    int positions = prior.positions();
    int[] codes = new int[rows * positions];
    CounterRandom[] random = new CounterRandom[rows];
    boolean[] fixed = new boolean[codes.length];
    for (int row = 0; row < rows; row++) {
      random[row] = request.random().apply(Math.min(row, Math.max(0, request.count() - 1)));
      if (kept != null) {
        int[] order = CounterRandom.of(random[row].bits(-1), REDRAWN).permutation(positions);
        for (int position = 0; position < positions; position++) {
          fixed[row * positions + position] = order[position] >= redrawn;
        }
      }
    }
    long[] before = new long[rows];
    List<Past> past = prior.past(scope, rows);
    for (int position = 0; position < positions; position++) {
      NDArray next =
          position == 0
              ? prior.first(
                  priorWeights, scope, classes.from(), classes.to(), classes.shares(), past)
              : prior.next(priorWeights, scope, before, position, past);
      float[] logits = next.toFloatArray();
      for (int row = 0; row < rows; row++) {
        int at = row * positions + position;
        codes[at] =
            fixed[at]
                ? kept[at]
                : choose(logits, row * prior.codes(), temperature, random[row].uniform(position));
        before[row] = codes[at];
      }
    }
    return tokenizer.decode(tokenizerWeights, scope, codes);
  }

  /** A code by its probability. */
  private int choose(float[] logits, int offset, double temperature, double uniform) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int code = 0; code < prior.codes(); code++) {
      greatest = Math.max(greatest, logits[offset + code]);
    }
    double[] weights = new double[prior.codes()];
    double total = 0;
    for (int code = 0; code < weights.length; code++) {
      weights[code] = StrictMath.exp((logits[offset + code] - greatest) / temperature);
      total += weights[code];
    }
    double rest = uniform * total;
    for (int code = 0; code < weights.length; code++) {
      rest -= weights[code];
      if (rest < 0) {
        return code;
      }
    }
    return weights.length - 1;
  }
}
