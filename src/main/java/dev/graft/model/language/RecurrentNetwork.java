package dev.graft.model.language;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.model.Derivation.ClassMixture;
import dev.graft.model.nn.Dropout;
import dev.graft.model.nn.Layers;
import dev.graft.model.nn.PackedRows;
import dev.graft.model.nn.ParameterSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gated recurrent units (Cho et al. 2014, https://arxiv.org/abs/1406.1078) over the sum of the
 * vectors of a token and of the class, which is told anew at every token. Of the tokens before, a
 * state per layer is kept, however many they are.
 */
final class RecurrentNetwork implements LanguageNetwork {
  private static final int GATES = 3;

  private final int codes;
  private final int positions;
  private final int width;
  private final Layers.Embedding told;
  private final Layers.Embedding ofClass;
  private final List<Unit> units = new ArrayList<>();
  private final Layers.Dense logits;

  /** The two halves of a layer: from what comes in, and from the state before. */
  private record Unit(Layers.Dense in, Layers.Dense state) {}

  /**
   * @param codes how many tokens there are
   * @param positions most tokens of a text
   * @param classes how many there are, at least 1
   * @param width of a state
   * @param layers how many there are
   */
  RecurrentNetwork(int codes, int positions, int classes, int width, int layers) {
    this.codes = codes;
    this.positions = positions;
    this.width = width;
    told = new Layers.Embedding("told", codes + 1, width);
    ofClass = new Layers.Embedding("class", classes, width);
    for (int layer = 0; layer < layers; layer++) {
      units.add(
          new Unit(
              new Layers.Dense("unit" + layer + ".in", width, GATES * width),
              new Layers.Dense("unit" + layer + ".state", width, GATES * width)));
    }
    logits = new Layers.Dense("logits", width, codes);
  }

  @Override
  public int codes() {
    return codes;
  }

  @Override
  public int positions() {
    return positions;
  }

  @Override
  public void declare(ParameterSet parameters, long seed) {
    told.declare(parameters, seed);
    ofClass.declare(parameters, seed);
    parameters.perClass(ofClass.name() + ".weight", 0, 0);
    for (Unit unit : units) {
      unit.in().declare(parameters, seed);
      unit.state().declare(parameters, seed);
    }
    logits.declare(parameters, seed);
  }

  @Override
  public NDArray apply(
      ParameterSet weights, NDManager scope, int[][] tokens, int[] labels, Dropout dropout) {
    int[] lengths = Arrays.stream(tokens).mapToInt(row -> row.length).toArray();
    int longest = Arrays.stream(lengths).max().orElseThrow();
    long[] before = new long[tokens.length * longest];
    for (int row = 0; row < tokens.length; row++) {
      for (int at = 0; at < lengths[row]; at++) {
        before[row * longest + at] = at == 0 ? codes : tokens[row][at - 1];
      }
    }
    NDArray classes = ofClasses(weights, scope, labels);
    NDList read = read(weights, scope, before, classes, rest(scope, labels.length), dropout);
    NDArray packed = PackedRows.of(scope, lengths).packed(read.get(0));
    return logits.apply(weights, dropout.apply(packed));
  }

  /** States before any token, (layers, B, width). */
  private NDArray rest(NDManager scope, int rows) {
    return scope.zeros(new Shape(units.size(), rows, width));
  }

  /** What tells the class of each row, (B, 1, width). */
  private NDArray ofClasses(ParameterSet weights, NDManager scope, int[] labels) {
    long[] numbers = Arrays.stream(labels).asLongStream().toArray();
    return ofClass.apply(weights, scope, numbers, new Shape(labels.length, 1));
  }

  private NDArray ofClasses(ParameterSet weights, NDManager scope, ClassMixture classes) {
    NDArray from = ofClasses(weights, scope, classes.from());
    double[] shares = classes.shares();
    if (Arrays.stream(shares).noneMatch(share -> share > 0)) {
      return from;
    }
    float[] weight = new float[shares.length];
    for (int row = 0; row < weight.length; row++) {
      weight[row] = (float) shares[row];
    }
    NDArray way = ofClasses(weights, scope, classes.to()).sub(from);
    return from.add(way.mul(scope.create(weight, new Shape(weight.length, 1, 1))));
  }

  /**
   * @param before (B, T)
   * @param classes what tells those of the rows, (B, 1, width)
   * @param states (layers, B, width)
   * @return what the last layer says at each token, (B, T, width), and the states after the last
   */
  private NDList read(
      ParameterSet weights,
      NDManager scope,
      long[] before,
      NDArray classes,
      NDArray states,
      Dropout dropout) {
    long rows = classes.getShape().get(0);
    NDArray x =
        told.apply(weights, scope, before, new Shape(rows, before.length / rows)).add(classes);
    NDList parameters = new NDList();
    for (Unit unit : units) {
      for (String part : List.of(".weight", ".bias")) {
        parameters.add(weights.get(unit.in().name() + part));
        parameters.add(weights.get(unit.state().name() + part));
      }
    }
    return JniUtils.gru(
        (PtNDArray) dropout.apply(x),
        (PtNDArray) states,
        parameters,
        true,
        units.size(),
        0,
        false,
        false,
        true);
  }

  @Override
  public Reading reading(ParameterSet weights, NDManager scope, ClassMixture classes) {
    NDArray rows = ofClasses(weights, scope, classes);
    return new Reading() {
      private NDArray states = rest(scope, classes.count());

      @Override
      public NDArray first() {
        long[] start = new long[classes.count()];
        Arrays.fill(start, codes);
        return next(start, 0);
      }

      @Override
      public NDArray next(long[] before, int position) {
        try (NDManager step = scope.newSubManager()) {
          NDList read = read(weights, step, before, rows, states, Dropout.none());
          NDArray next = logits.apply(weights, read.get(0)).reshape(-1, codes);
          next.attach(scope);
          states.close();
          states = read.get(1);
          states.attach(scope);
          return next;
        }
      }
    };
  }
}
