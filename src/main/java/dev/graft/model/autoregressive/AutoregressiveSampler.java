package dev.graft.model.autoregressive;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import dev.graft.model.StoredModel;
import dev.graft.model.autoregressive.TransformerBlock.Past;
import dev.graft.model.nn.ImageSampler;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.PhasedLearner;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.Tensor;
import dev.graft.model.nn.TensorGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * A trained tokenizer and prior, open for drawing: the codes of an image one after the other, then
 * the image of the codes.
 *
 * <p>Control {@code temperature}: the logits are divided by it; 1 by default, less for more typical
 * and less varied samples, above 0.
 */
final class AutoregressiveSampler extends ImageSampler {
  static final String TEMPERATURE = "temperature";

  private final Tokenizer tokenizer;
  private final Prior prior;
  private final ParameterSet tokenizerWeights;
  private final ParameterSet priorWeights;

  AutoregressiveSampler(StoredModel model) {
    super(model);
    AutoregressiveArchitecture architecture =
        AutoregressiveArchitecture.of(model.card().definition().architecture());
    tokenizer = new Tokenizer(architecture.tokenizer(), shape());
    prior =
        new Prior(
            architecture.prior(),
            architecture.tokenizer().codes(),
            tokenizer.positions(),
            classes());
    SortedMap<String, Tensor> tensors = Safetensors.decode(model.weights()).tensors();
    SortedMap<String, Tensor> decoder = TensorGroups.get(tensors, PhasedLearner.FIRST);
    decoder.keySet().removeIf(name -> !name.startsWith("decoder."));
    tokenizerWeights = ParameterSet.of(manager(), decoder);
    priorWeights = ParameterSet.of(manager(), TensorGroups.get(tensors, PhasedLearner.SECOND));
  }

  @Override
  protected NDArray draw(NDManager scope, Request request) {
    double temperature = request.controls().get(TEMPERATURE, 1);
    if (!(temperature > 0)) {
      throw GraftException.usage("control temperature is %s; allowed: above 0", temperature);
    }
    int rows = batch();
    int positions = prior.positions();
    int[] codes = new int[rows * positions];
    CounterRandom[] random = new CounterRandom[rows];
    for (int row = 0; row < rows; row++) {
      random[row] = request.random().apply(Math.min(row, Math.max(0, request.count() - 1)));
    }
    long[] before = new long[rows];
    Arrays.fill(before, prior.codes() + request.label());
    List<Past> past = new ArrayList<>();
    for (int position = 0; position < positions; position++) {
      float[] logits = prior.next(priorWeights, scope, before, position, past).toFloatArray();
      for (int row = 0; row < rows; row++) {
        int code = choose(logits, row * prior.codes(), temperature, random[row].uniform(position));
        codes[row * positions + position] = code;
        before[row] = code;
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
