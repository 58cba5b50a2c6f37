package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;

/**
 * Between quantised rows and arrays with values in [0, 1]. Thread-safe.
 *
 * <p>Scalars are uploaded once: an operation with a Java number costs ten times one with an array.
 */
public final class ImageArrays {
  private static final int TOP = 255;

  private final ImageShape shape;
  private final NDArray perLevel;
  private final NDArray levels;
  private final NDArray half;

  /**
   * @param manager holds the scalars
   */
  public ImageArrays(NDManager manager, ImageShape shape) {
    this.shape = shape;
    this.perLevel = manager.create(1f / TOP);
    this.levels = manager.create((float) TOP);
    this.half = manager.create(0.5f);
  }

  /**
   * Uploads rows.
   *
   * @param scope holds the result
   * @param values quantised, at least {@code count * rowSize}
   * @return (count, C, H, W) with values in [0, 1]
   */
  public NDArray upload(NDManager scope, byte[] values, int count) {
    int channels = shape.channels();
    NDArray bytes =
        scope.create(
            ByteBuffer.wrap(values, 0, count * shape.rowSize()),
            new Shape(count, channels, shape.height(), shape.width()),
            DataType.UINT8);
    NDArray rows = channels == 1 ? bytes : bytes.transpose(0, 2, 3, 1).reshape(-1);
    return rows.reshape(count, shape.height(), shape.width(), channels)
        .toType(DataType.FLOAT32, false)
        .mul(perLevel)
        .transpose(0, 3, 1, 2);
  }

  /**
   * Quantises to the nearest of 256 levels and downloads.
   *
   * @param images (B, C, H, W) with values in [0, 1]
   * @return (B, rowSize)
   */
  public byte[] download(NDArray images) {
    return images.mul(levels).add(half).toType(DataType.UINT8, false).toByteArray();
  }
}
