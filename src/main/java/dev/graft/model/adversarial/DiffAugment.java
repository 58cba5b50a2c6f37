package dev.graft.model.adversarial;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.data.CounterRandom;
import dev.graft.model.nn.ImageShape;

/**
 * Differentiable augmentation of what a critic sees, real and drawn alike (Zhao et al. 2020,
 * https://arxiv.org/abs/2006.10738): each image is moved by up to an eighth of its size, loses a
 * square of half its size and is made brighter or darker. With few training rows the critic then
 * learns them by heart much later.
 */
final class DiffAugment {
  private static final int MOVED_PART = 8;
  private static final int CUT_PART = 2;
  private static final double BRIGHTNESS = 0.5;

  private final ImageShape shape;

  DiffAugment(ImageShape shape) {
    this.shape = shape;
  }

  /**
   * @param images values in [-1, 1], (B, C, H, W)
   * @param random of this batch
   * @return the same shape; what has come from outside is black
   */
  NDArray apply(NDArray images, CounterRandom random) {
    NDManager scope = images.getManager();
    int rows = (int) images.getShape().get(0);
    int height = shape.height();
    int width = shape.width();
    int channels = shape.channels();
    float[] down = new float[rows * height * height];
    float[] right = new float[rows * width * width];
    float[] mask = new float[rows * height * width];
    float[] light = new float[rows];
    for (int i = 0; i < rows; i++) {
      long draw = 5L * i;
      shift(down, i, height, random, draw);
      shift(right, i, width, random, draw + 1);
      cut(mask, i, random, draw + 2);
      light[i] = (float) (BRIGHTNESS * (2 * random.uniform(draw + 4) - 1));
    }
    NDArray one = scope.create(1f);
    NDArray x = images.add(one).transpose(0, 2, 3, 1).reshape(rows, height, width * channels);
    x = scope.create(down, new Shape(rows, height, height)).matMul(x);
    x = x.reshape(rows, height, width, channels).transpose(0, 2, 1, 3);
    x = x.reshape(rows, width, height * channels);
    x = scope.create(right, new Shape(rows, width, width)).matMul(x);
    x = x.reshape(rows, width, height, channels).transpose(0, 3, 2, 1); // (B, C, H, W)
    x = x.mul(scope.create(mask, new Shape(rows, 1, height, width)));
    return x.sub(one).add(scope.create(light, new Shape(rows, 1, 1, 1)));
  }

  /** A matrix with ones beside the diagonal. */
  private static void shift(float[] matrices, int row, int size, CounterRandom random, long draw) {
    int most = size / MOVED_PART;
    int by = random.below(draw, 2 * most + 1) - most;
    for (int to = Math.max(0, by); to < Math.min(size, size + by); to++) {
      matrices[(row * size + to) * size + to - by] = 1;
    }
  }

  private void cut(float[] mask, int row, CounterRandom random, long draw) {
    int height = shape.height();
    int width = shape.width();
    int top = random.below(draw, height) - height / CUT_PART / 2;
    int left = random.below(draw + 1, width) - width / CUT_PART / 2;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean inside =
            y >= top && y < top + height / CUT_PART && x >= left && x < left + width / CUT_PART;
        mask[(row * height + y) * width + x] = inside ? 0 : 1;
      }
    }
  }
}
