package dev.graft.model.classifier;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import dev.graft.modality.text.CanonicalText;
import dev.graft.modality.text.HashedGrams;
import dev.graft.model.nn.Activation;
import dev.graft.model.nn.Dropout;
import dev.graft.model.nn.Layers;
import dev.graft.model.nn.ParameterSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Dense layers over the hashed n-grams of a text (a bag of n-grams, Joulin et al. 2017, "Bag of
 * Tricks for Efficient Text Classification"). A gram that occurs n times weighs 1 + log n; the
 * vector of all has the norm {@value #NORM}. Its features are the output of the last dense layer.
 */
final class GramNetwork implements ClassifierNetwork {
  private static final double NORM = 16;

  /**
   * The {@code architecture} section of a definition.
   *
   * @param grams what is counted
   * @param dense units of the dense layers, at least one; the last are the features
   * @param activation after every layer but the logits
   * @param dropout share of the grams that is dropped in training
   */
  record Architecture(
      HashedGrams.Settings grams, List<Integer> dense, String activation, double dropout) {
    static Architecture of(JsonNode node) {
      Architecture architecture = Json.mapper().convertValue(node, Architecture.class);
      architecture.grams.check();
      return architecture;
    }
  }

  private final HashedGrams grams;
  private final List<Layers.Dense> dense = new ArrayList<>();
  private final Layers.Dense logits;
  private final Activation activation;
  private final int rowSize;
  private final int featureSize;

  GramNetwork(Architecture architecture, int rowSize, int classes) {
    this.grams = new HashedGrams(architecture.grams());
    this.activation = Activation.of(architecture.activation());
    this.rowSize = rowSize;
    int units = architecture.grams().buckets();
    for (int size : architecture.dense()) {
      dense.add(new Layers.Dense("dense" + dense.size(), units, size));
      units = size;
    }
    this.featureSize = units;
    this.logits = new Layers.Dense("logits", units, classes);
  }

  @Override
  public int featureSize() {
    return featureSize;
  }

  @Override
  public void declare(ParameterSet parameters, long seed) {
    dense.forEach(layer -> layer.declare(parameters, seed));
    logits.declare(parameters, seed);
    parameters.perClass("logits.weight", 0, 0);
    parameters.perClass("logits.bias", 0, 0);
  }

  /** Gives (rows, buckets). */
  @Override
  public NDArray upload(NDManager scope, byte[] values, int rows) {
    int buckets = grams.buckets();
    float[] weights = new float[rows * buckets];
    int[] counts = new int[buckets];
    BitSet met = new BitSet(buckets);
    for (int row = 0; row < rows; row++) {
      for (int place : grams.places(CanonicalText.plain(values, row * rowSize, rowSize))) {
        counts[place]++;
        met.set(place);
      }
      weigh(counts, met, weights, row * buckets);
      met.clear();
    }
    return scope.create(weights, new Shape(rows, buckets));
  }

  /** Turns the counts of the places that were met into weights, and leaves zeros there. */
  private static void weigh(int[] counts, BitSet met, float[] weights, int offset) {
    double squares = 0;
    for (int i = met.nextSetBit(0); i >= 0; i = met.nextSetBit(i + 1)) {
      double weight = counts[i] == 1 ? 1 : 1 + StrictMath.log(counts[i]);
      weights[offset + i] = (float) weight;
      squares += weight * weight;
      counts[i] = 0;
    }
    float scale = (float) (NORM / Math.sqrt(Math.max(1, squares)));
    for (int i = met.nextSetBit(0); i >= 0; i = met.nextSetBit(i + 1)) {
      weights[offset + i] *= scale;
    }
  }

  @Override
  public Output apply(ParameterSet weights, NDArray uploaded, Dropout dropout) {
    NDArray x = dropout.apply(uploaded);
    for (Layers.Dense layer : dense) {
      x = activation.apply(layer.apply(weights, x));
    }
    return new Output(x, logits.apply(weights, x));
  }
}
