package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;

/**
 * Rows of different lengths, one behind the other: what works out each place by itself works out no
 * places that no row has. Gradients flow both ways.
 */
public final class PackedRows {
  private final int rows;
  private final int longest;
  private final NDArray padded;
  private final NDArray packed;

  private PackedRows(int rows, int longest, NDArray padded, NDArray packed) {
    this.rows = rows;
    this.longest = longest;
    this.padded = padded;
    this.packed = packed;
  }

  /**
   * @param scope must outlive what is packed
   * @param lengths of the rows, each at least 1
   */
  public static PackedRows of(NDManager scope, int[] lengths) {
    int longest = Arrays.stream(lengths).max().orElseThrow();
    int total = Arrays.stream(lengths).sum();
    if (total == lengths.length * longest) {
      return new PackedRows(lengths.length, longest, null, null);
    }
    long[] padded = new long[lengths.length * longest];
    long[] packed = new long[total];
    int start = 0;
    for (int row = 0; row < lengths.length; row++) {
      for (int at = 0; at < longest; at++) {
        padded[row * longest + at] = Math.min(start + at, total - 1);
      }
      for (int at = 0; at < lengths[row]; at++) {
        packed[start + at] = row * (long) longest + at;
      }
      start += lengths[row];
    }
    return new PackedRows(
        lengths.length,
        longest,
        scope.create(padded, new Shape(padded.length)),
        scope.create(packed, new Shape(packed.length)));
  }

  /**
   * As a block, in which places behind the end of a row hold anything.
   *
   * @param x (N, width), with N the sum of the lengths
   * @return (B, T, width), with T the longest of the lengths
   */
  NDArray padded(NDArray x) {
    NDArray places = padded == null ? x : chosen(x, padded);
    return places.reshape(rows, longest, x.getShape().get(1));
  }

  /**
   * @param x (B, T, width)
   * @return (N, width)
   */
  public NDArray packed(NDArray x) {
    NDArray places = x.reshape((long) rows * longest, x.getShape().get(2));
    return packed == null ? places : chosen(places, packed);
  }

  private static NDArray chosen(NDArray x, NDArray places) {
    return JniUtils.embedding((PtNDArray) places, (PtNDArray) x, false);
  }
}
