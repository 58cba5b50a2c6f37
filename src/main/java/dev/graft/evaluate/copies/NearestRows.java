package dev.graft.evaluate.copies;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.graft.model.ModelDefinition.Compute;
import dev.graft.model.nn.GradMode;
import dev.graft.model.nn.TorchEngine;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Exact nearest neighbours in stored values, by brute force.
 *
 * <p>{@code |q - t|^2 = |q|^2 + |t|^2 - 2 q.t}, the products by libtorch in 32-bit floats. Values
 * are shifted to -128..127 and columns are taken {@value #COLUMNS} at a time, so that every partial
 * sum is a whole number of at most 2^24, which a float holds exactly: the result does not depend on
 * threads, instruction set or the order of adding. Cost: n m d multiplications; 20,000 x 51,000 x
 * 784 take about 15 s on two cores.
 */
public final class NearestRows {
  private static final int COLUMNS = 1_024;
  private static final int EXACT_COLUMNS = 65_536; // times 128 * 128 stays within an int
  private static final int QUERY_BLOCK = 1_024;
  private static final int TRAIN_BLOCK = 4_096;

  /**
   * Per query row its nearest row.
   *
   * @param neighbours position among the searched rows; the lowest of equally near ones
   * @param squared squared distance in steps of the stored values (0..255)
   */
  public record Nearest(int[] neighbours, long[] squared) {}

  private final byte[] searched;
  private final long[] norms;
  private final int rowSize;
  private final Compute compute;

  /**
   * @param values rows to search, (n, rowSize) unsigned bytes
   * @param rowSize values per row
   * @param compute how libtorch runs in this process
   */
  public NearestRows(byte[] values, int rowSize, Compute compute) {
    this.searched = values;
    this.rowSize = rowSize;
    this.compute = compute;
    this.norms = norms(values);
  }

  /** The nearest of the searched rows of each of {@code queries}, (m, rowSize). */
  public Nearest find(byte[] queries) {
    int count = queries.length / rowSize;
    Nearest nearest = new Nearest(new int[count], new long[count]);
    Arrays.fill(nearest.squared, Long.MAX_VALUE);
    long[] queryNorms = norms(queries);
    try (NDManager manager = TorchEngine.newManager(compute);
        GradMode off = GradMode.off()) {
      for (int first = 0; first < count; first += QUERY_BLOCK) {
        int block = Math.min(QUERY_BLOCK, count - first);
        for (int from = 0; from < norms.length; from += TRAIN_BLOCK) {
          int rows = Math.min(TRAIN_BLOCK, norms.length - from);
          long[] products = products(manager, queries, first, block, from, rows);
          update(nearest, queryNorms, products, first, block, from, rows);
        }
      }
    }
    return nearest;
  }

  private void update(
      Nearest nearest,
      long[] queryNorms,
      long[] products,
      int first,
      int block,
      int from,
      int rows) {
    for (int q = 0; q < block; q++) {
      long best = nearest.squared[first + q];
      int neighbour = nearest.neighbours[first + q];
      for (int t = 0; t < rows; t++) {
        long distance = queryNorms[first + q] + norms[from + t] - 2 * products[q * rows + t];
        if (distance < best) {
          best = distance;
          neighbour = from + t;
        }
      }
      nearest.squared[first + q] = best;
      nearest.neighbours[first + q] = neighbour;
    }
  }

  /** Inner products of a block of queries with a block of searched rows, (block, rows). */
  private long[] products(
      NDManager manager, byte[] queries, int first, int block, int from, int rows) {
    long[] products = new long[block * rows];
    for (int start = 0; start < rowSize; start += EXACT_COLUMNS) {
      int end = Math.min(rowSize, start + EXACT_COLUMNS);
      int[] sums = partial(manager, queries, first, block, from, rows, start, end);
      for (int i = 0; i < sums.length; i++) {
        products[i] += sums[i];
      }
    }
    return products;
  }

  /** The same over the columns from {@code start} to {@code end}. */
  private int[] partial(
      NDManager manager,
      byte[] queries,
      int first,
      int block,
      int from,
      int rows,
      int start,
      int end) {
    int[] sums = new int[block * rows];
    for (int column = start; column < end; column += COLUMNS) {
      int width = Math.min(COLUMNS, end - column);
      try (NDManager step = manager.newSubManager()) {
        NDArray left = centred(step, queries, first, block, column, width); // (block, width)
        NDArray right = centred(step, searched, from, rows, column, width); // (rows, width)
        float[] part = left.matMul(right.transpose()).toFloatArray();
        for (int i = 0; i < sums.length; i++) {
          sums[i] += (int) part[i];
        }
      }
    }
    return sums;
  }

  private NDArray centred(
      NDManager manager, byte[] values, int row, int rows, int column, int width) {
    byte[] block = new byte[rows * width];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(values, (row + i) * rowSize + column, block, i * width, width);
    }
    for (int i = 0; i < block.length; i++) {
      block[i] ^= (byte) 0x80;
    }
    return manager
        .create(ByteBuffer.wrap(block), new Shape(rows, width), DataType.INT8)
        .toType(DataType.FLOAT32, false);
  }

  private long[] norms(byte[] values) {
    long[] sums = new long[values.length / rowSize];
    for (int i = 0; i < sums.length; i++) {
      long sum = 0;
      for (int j = i * rowSize; j < (i + 1) * rowSize; j++) {
        int value = (byte) (values[j] ^ 0x80);
        sum += (long) value * value;
      }
      sums[i] = sum;
    }
    return sums;
  }
}
