package dev.graft.model.autoregressive;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.model.autoregressive.AutoregressiveArchitecture.PriorPart;
import dev.graft.model.autoregressive.TransformerBlock.Past;
import dev.graft.model.nn.Layers;
import dev.graft.model.nn.ParameterSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The distribution of each code of an image given its class and the codes before it: a causal
 * transformer. The class stands before the first code.
 */
final class Prior {
  private static final float FORBIDDEN = -1e9f;

  private final int codes;
  private final int positions;
  private final Layers.Embedding told;
  private final Layers.Embedding place;
  private final List<TransformerBlock> blocks = new ArrayList<>();
  private final Layers.Norm lastNorm;
  private final Layers.Dense logits;

  Prior(PriorPart part, int codes, int positions, int classes) {
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

  int codes() {
    return codes;
  }

  int positions() {
    return positions;
  }

  void declare(ParameterSet parameters, long seed) {
    told.declare(parameters, seed);
    place.declare(parameters, seed);
    blocks.forEach(block -> block.declare(parameters, seed));
    lastNorm.declare(parameters);
    logits.declare(parameters, seed);
  }

  /**
   * All positions at once.
   *
   * @param rows codes of each image, (B, positions)
   * @param labels class of each image
   * @return logits of the codes, (B, positions, codes)
   */
  NDArray apply(ParameterSet weights, NDManager scope, int[] rows, int[] labels) {
    long[] before = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      before[i] = i % positions == 0 ? codes + labels[i / positions] : rows[i - 1];
    }
    long[] places = new long[positions];
    Arrays.setAll(places, at -> at);
    NDArray x =
        told.apply(weights, scope, before, new Shape(labels.length, positions))
            .add(place.apply(weights, scope, places, new Shape(positions)));
    NDArray later = later(scope);
    for (TransformerBlock block : blocks) {
      x = block.apply(weights, x, null, later).x();
    }
    return logits.apply(weights, lastNorm.apply(weights, x));
  }

  /** (positions, positions): nothing for what comes before, a great loss for what comes later. */
  private NDArray later(NDManager scope) {
    float[] mask = new float[positions * positions];
    for (int at = 0; at < positions; at++) {
      Arrays.fill(mask, at * positions + at + 1, (at + 1) * positions, FORBIDDEN);
    }
    return scope.create(mask, new Shape(positions, positions));
  }

  /**
   * The first position.
   *
   * @param from class of each image
   * @param to another class of each
   * @param shares of the other, 0 to 1; what stands before the code is between both in that share
   * @param past of each block is put there
   * @return logits of the codes, (B, codes)
   */
  NDArray first(
      ParameterSet weights,
      NDManager scope,
      int[] from,
      int[] to,
      double[] shares,
      List<Past> past) {
    NDArray told = ofClasses(weights, scope, from);
    if (Arrays.stream(shares).anyMatch(share -> share > 0)) {
      float[] weight = new float[shares.length];
      for (int i = 0; i < weight.length; i++) {
        weight[i] = (float) shares[i];
      }
      NDArray other = ofClasses(weights, scope, to);
      told = told.add(other.sub(told).mul(scope.create(weight, new Shape(weight.length, 1, 1))));
    }
    return step(weights, scope, told, 0, past);
  }

  private NDArray ofClasses(ParameterSet weights, NDManager scope, int[] classes) {
    long[] numbers = Arrays.stream(classes).mapToLong(label -> codes + label).toArray();
    return told.apply(weights, scope, numbers, new Shape(numbers.length, 1));
  }

  /**
   * A position after {@code past}.
   *
   * @param before the code before it, of each image
   * @param position from 1
   * @param past of each block; it is replaced
   * @return logits of the codes, (B, codes)
   */
  NDArray next(
      ParameterSet weights, NDManager scope, long[] before, int position, List<Past> past) {
    NDArray told = this.told.apply(weights, scope, before, new Shape(before.length, 1));
    return step(weights, scope, told, position, past);
  }

  private NDArray step(
      ParameterSet weights, NDManager scope, NDArray told, int position, List<Past> past) {
    NDArray x = told.add(place.apply(weights, scope, new long[] {position}, new Shape(1)));
    List<Past> now = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      TransformerBlock.Step step =
          blocks.get(i).apply(weights, x, past.isEmpty() ? null : past.get(i), null);
      x = step.x();
      now.add(step.past());
    }
    past.clear();
    past.addAll(now);
    return logits.apply(weights, lastNorm.apply(weights, x)).reshape(-1, codes);
  }
}
