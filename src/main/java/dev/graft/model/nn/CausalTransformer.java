package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The distribution of each code of a row (an image's codes, a text's tokens) given its class and
 * the codes before it: a causal transformer (Vaswani et al. 2017). The class stands before the
 * first code.
 */
public final class CausalTransformer {
  private final int codes;
  private final int positions;
  private final Layers.Embedding told;
  private final Layers.Embedding place;
  private final List<TransformerBlock> blocks = new ArrayList<>();
  private final Layers.Norm lastNorm;
  private final Layers.Dense logits;

  /**
   * @param width of a position's vector
   * @param layers transformer blocks
   * @param heads of attention; they divide the width
   */
  public record Size(int width, int layers, int heads) {}

  /**
   * @param codes how many there are
   * @param positions most codes of a row
   * @param classes how many there are, at least 1
   */
  public CausalTransformer(Size part, int codes, int positions, int classes) {
    this.codes = codes;
    this.positions = positions;
    told = new Layers.Embedding("told", codes + classes, part.width());
    place = new Layers.Embedding("place", positions, part.width());
    for (int i = 0; i < part.layers(); i++) {
      blocks.add(new TransformerBlock("block" + i, part.width(), part.heads()));
    }
    lastNorm = new Layers.Norm("last.norm", part.width());
    logits = new Layers.Dense("logits", part.width(), codes);
  }

  public int codes() {
    return codes;
  }

  public int positions() {
    return positions;
  }

  public void declare(ParameterSet parameters, long seed) {
    told.declare(parameters, seed);
    parameters.perClass("told.weight", 0, codes);
    place.declare(parameters, seed);
    blocks.forEach(block -> block.declare(parameters, seed));
    lastNorm.declare(parameters);
    logits.declare(parameters, seed);
  }

  /**
   * The first positions at once.
   *
   * @param rows codes of each row, from 1 to {@link #positions} of them
   * @param labels class of each row, (B)
   * @param dropout of the vectors of codes and of what blocks add to them
   * @return logits of all codes in their order, (N, codes) with N the sum of the rows' lengths
   */
  public NDArray apply(
      ParameterSet weights, NDManager scope, int[][] rows, int[] labels, Dropout dropout) {
    int[] lengths = Arrays.stream(rows).mapToInt(row -> row.length).toArray();
    long[] before = new long[Arrays.stream(lengths).sum()];
    long[] places = new long[before.length];
    int next = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int at = 0; at < rows[i].length; at++) {
        before[next] = at == 0 ? codes + labels[i] : rows[i][at - 1];
        places[next++] = at;
      }
    }
    Shape all = new Shape(before.length);
    NDArray x =
        dropout.apply(
            told.apply(weights, scope, before, all).add(place.apply(weights, scope, places, all)));
    PackedRows packed = PackedRows.of(scope, lengths);
    for (TransformerBlock block : blocks) {
      x = block.apply(weights, x, packed, dropout);
    }
    return logits.apply(weights, lastNorm.apply(weights, x));
  }

  /** Room for what each block keeps of the positions of so many rows. */
  public List<Attention.Past> past(NDManager scope, int rows) {
    return blocks.stream().map(block -> block.past(scope, rows, positions)).toList();
  }

  /**
   * The first position.
   *
   * @param from class of each row
   * @param to another class of each
   * @param shares of the other, 0 to 1; what stands before the code is between both in that share
   * @param past of each block; what later positions need is put there
   * @return logits of the codes, (B, codes)
   */
  public NDArray first(
      ParameterSet weights,
      NDManager scope,
      int[] from,
      int[] to,
      double[] shares,
      List<Attention.Past> past) {
    try (NDManager step = scope.newSubManager()) {
      NDArray told = ofClasses(weights, step, from);
      if (Arrays.stream(shares).anyMatch(share -> share > 0)) {
        float[] weight = new float[shares.length];
        for (int i = 0; i < weight.length; i++) {
          weight[i] = (float) shares[i];
        }
        NDArray other = ofClasses(weights, step, to);
        told = told.add(other.sub(told).mul(step.create(weight, new Shape(weight.length, 1, 1))));
      }
      return kept(scope, step(weights, step, told, 0, past));
    }
  }

  private NDArray ofClasses(ParameterSet weights, NDManager scope, int[] classes) {
    long[] numbers = Arrays.stream(classes).mapToLong(label -> codes + label).toArray();
    return told.apply(weights, scope, numbers, new Shape(numbers.length, 1));
  }

  /**
   * A position after {@code past}.
   *
   * @param before the code before it, of each row
   * @param position from 1
   * @param past of each block; what later positions need is put there
   * @return logits of the codes, (B, codes)
   */
  public NDArray next(
      ParameterSet weights,
      NDManager scope,
      long[] before,
      int position,
      List<Attention.Past> past) {
    try (NDManager step = scope.newSubManager()) {
      NDArray told = this.told.apply(weights, step, before, new Shape(before.length, 1));
      return kept(scope, step(weights, step, told, position, past));
    }
  }

  /** The logits outlive a step. */
  private static NDArray kept(NDManager scope, NDArray logits) {
    logits.attach(scope);
    return logits;
  }

  private NDArray step(
      ParameterSet weights,
      NDManager scope,
      NDArray told,
      int position,
      List<Attention.Past> past) {
    NDArray x = told.add(place.apply(weights, scope, new long[] {position}, new Shape(1)));
    for (int i = 0; i < blocks.size(); i++) {
      x = blocks.get(i).step(weights, x, past.get(i), position);
    }
    return logits.apply(weights, lastNorm.apply(weights, x)).reshape(-1, codes);
  }
}
