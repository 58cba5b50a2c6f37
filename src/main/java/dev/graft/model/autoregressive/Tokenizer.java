package dev.graft.model.autoregressive;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.model.autoregressive.AutoregressiveArchitecture.TokenizerPart;
import dev.graft.model.nn.Activation;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.Layers;
import dev.graft.model.nn.ParameterSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Between images and small grids of discrete codes, in the manner of a VQ-VAE (van den Oord et al.
 * 2017, https://arxiv.org/abs/1711.00937), with finite scalar quantisation in place of a codebook
 * (Mentzer et al. 2023, https://arxiv.org/abs/2309.15505): each dimension of a code is rounded to
 * one of a few levels, so no code can fall out of use for good.
 */
final class Tokenizer {
  private final List<Integer> levels;
  private final Activation activation;
  private final int codes;
  private final int height;
  private final int width;
  private final float[] halves;
  private final List<Layers.Conv> halvings = new ArrayList<>();
  private final Layers.Conv toCode;
  private final Layers.Conv fromCode;
  private final List<Layers.Conv> doublings = new ArrayList<>();
  private final Layers.Conv refinement;
  private final Layers.Conv output;

  Tokenizer(TokenizerPart part, ImageShape shape) {
    levels = part.levels();
    codes = part.codes();
    activation = Activation.of(part.activation());
    height = shape.height() / part.reduction();
    width = shape.width() / part.reduction();
    int dimensions = levels.size();
    halves = new float[dimensions];
    for (int d = 0; d < dimensions; d++) {
      halves[d] = (levels.get(d) - 1) / 2f;
    }
    int channels = shape.channels();
    for (int next : part.encoder()) {
      halvings.add(new Layers.Conv("encoder.conv" + halvings.size(), channels, next, 4, 2));
      channels = next;
    }
    toCode = new Layers.Conv("encoder.code", channels, dimensions, 3, 1);
    List<Integer> widths = part.decoder();
    fromCode = new Layers.Conv("decoder.code", dimensions, widths.get(0), 3, 1);
    for (int i = 1; i < widths.size(); i++) {
      doublings.add(
          new Layers.Conv("decoder.conv" + (i - 1), widths.get(i - 1), 4 * widths.get(i), 3, 1));
    }
    int last = widths.get(widths.size() - 1);
    refinement = new Layers.Conv("decoder.refinement", last, last, 3, 1);
    output = new Layers.Conv("decoder.output", last, 4 * shape.channels(), 3, 1);
  }

  /** How many codes there are. */
  int codes() {
    return codes;
  }

  /** Codes of an image. */
  int positions() {
    return height * width;
  }

  void declare(ParameterSet parameters, long seed) {
    halvings.forEach(layer -> layer.declare(parameters, seed));
    List.of(toCode, fromCode).forEach(layer -> layer.declare(parameters, seed));
    doublings.forEach(layer -> layer.declare(parameters, seed));
    List.of(refinement, output).forEach(layer -> layer.declare(parameters, seed));
  }

  /**
   * @param images values in [0, 1], (B, C, H, W)
   * @return codes before rounding, each within its levels, (B, dimensions, h, w)
   */
  private NDArray bounded(ParameterSet weights, NDArray images) {
    NDArray x = images;
    for (Layers.Conv layer : halvings) {
      x = activation.apply(layer.apply(weights, x)); // (B, C', H / 2, W / 2)
    }
    return JniUtils.tanh((PtNDArray) toCode.apply(weights, x)).mul(halves(x.getManager()));
  }

  private NDArray halves(NDManager scope) {
    return scope.create(halves, new Shape(1, halves.length, 1, 1));
  }

  /**
   * There and back; the rounding passes gradients as if it were not there.
   *
   * @param images values in [0, 1], (B, C, H, W)
   * @return values in [0, 1], (B, C, H, W)
   */
  NDArray reconstruct(ParameterSet weights, NDArray images) {
    NDArray code = bounded(weights, images);
    NDArray rounding = JniUtils.round((PtNDArray) code).sub(code).stopGradient();
    return decode(weights, code.add(rounding));
  }

  /**
   * The numbers of an image's codes.
   *
   * @param images values in [0, 1], (B, C, H, W)
   * @return (B, positions), row by row of the grid
   */
  int[] encode(ParameterSet weights, NDArray images) {
    float[] rounded =
        JniUtils.round((PtNDArray) bounded(weights, images)).transpose(0, 2, 3, 1).toFloatArray();
    int dimensions = levels.size();
    int[] codes = new int[rounded.length / dimensions];
    for (int i = 0; i < codes.length; i++) {
      for (int d = dimensions - 1; d >= 0; d--) {
        int level = (int) (rounded[i * dimensions + d] + halves[d]);
        codes[i] = codes[i] * levels.get(d) + level;
      }
    }
    return codes;
  }

  /**
   * Codes before rounding.
   *
   * @param images values in [0, 1], (B, C, H, W)
   * @return each within its levels, (B, positions, dimensions)
   */
  float[] bounds(ParameterSet weights, NDArray images) {
    return bounded(weights, images).transpose(0, 2, 3, 1).toFloatArray();
  }

  /**
   * The images of codes that need not be rounded.
   *
   * @param values each within its levels, (B, positions, dimensions)
   * @return values in [0, 1], (B, C, H, W)
   */
  NDArray decode(ParameterSet weights, NDManager scope, float[] values) {
    int dimensions = levels.size();
    int rows = values.length / (positions() * dimensions);
    NDArray grid =
        scope.create(values, new Shape(rows, height, width, dimensions)).transpose(0, 3, 1, 2);
    return decode(weights, grid);
  }

  /**
   * The images of codes.
   *
   * @param codes numbers, (B, positions)
   * @return values in [0, 1], (B, C, H, W)
   */
  NDArray decode(ParameterSet weights, NDManager scope, int[] codes) {
    int dimensions = levels.size();
    float[] values = new float[codes.length * dimensions];
    for (int i = 0; i < codes.length; i++) {
      int rest = codes[i];
      for (int d = 0; d < dimensions; d++) {
        values[i * dimensions + d] = rest % levels.get(d) - halves[d];
        rest /= levels.get(d);
      }
    }
    return decode(weights, scope, values);
  }

  private NDArray decode(ParameterSet weights, NDArray code) {
    NDArray x = code.div(halves(code.getManager())); // (B, dimensions, h, w) in [-1, 1]
    x = activation.apply(fromCode.apply(weights, x));
    for (Layers.Conv layer : doublings) {
      x = activation.apply(Layers.pixelShuffle(layer.apply(weights, x))); // (B, C', 2H, 2W)
    }
    x = activation.apply(refinement.apply(weights, x));
    return JniUtils.sigmoid((PtNDArray) Layers.pixelShuffle(output.apply(weights, x)));
  }
}
