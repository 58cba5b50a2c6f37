package dev.graft.model.external;

import dev.graft.data.GraftException;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * How a model file has its images.
 *
 * @param layout {@code chw}, (B, C, H, W), or {@code hwc}, (B, H, W, C)
 * @param range values of black and white
 */
record DeclaredImage(int channels, int height, int width, String layout, List<Double> range) {
  private static final double TOLERANCE = 1e-3;

  /**
   * @throws GraftException (exit 2) when the data has other images
   */
  void check(ImageShape data) {
    if (!new ImageShape(channels, height, width).equals(data)) {
      throw GraftException.usage(
          "the model file has images of %d x %d pixels with %d channels, the data has %d x %d with"
              + " %d; set image.size and image.channels in the spec, or take another file",
          height, width, channels, data.height(), data.width(), data.channels());
    }
    if (low() >= high()) {
      throw GraftException.usage(
          "architecture.image.range is %s; allowed: two numbers, the lower first", range);
    }
  }

  double low() {
    return range.get(0);
  }

  double high() {
    return range.get(1);
  }

  int size() {
    return channels * height * width;
  }

  private long[] shape(int batch) {
    return layout.equals("chw")
        ? new long[] {batch, channels, height, width}
        : new long[] {batch, height, width, channels};
  }

  /**
   * What the file is given of quantised rows.
   *
   * @param values (batch, C, H, W)
   */
  Tensor encode(byte[] values, int batch) {
    float[] images = new float[batch * size()];
    float step = (float) ((high() - low()) / 255);
    for (int i = 0; i < images.length; i++) {
      images[place(i)] = (float) low() + step * (values[i] & 0xff);
    }
    return new Tensor(shape(batch), images);
  }

  /**
   * The images that the file gives.
   *
   * @return (batch, C, H, W) with values in [0, 1]
   * @throws GraftException (exit 2) when they have another shape or are not finite
   */
  float[] decode(Tensor output, int batch) {
    if (!Arrays.equals(output.shape(), shape(batch))) {
      throw GraftException.usage(
          "the model file gives images of shape %s; its definition declares %s (%s)",
          Arrays.toString(output.shape()), Arrays.toString(shape(batch)), layout);
    }
    float[] images = new float[batch * size()];
    double scale = 1 / (high() - low());
    for (int i = 0; i < images.length; i++) {
      float value = output.values()[place(i)];
      if (!Float.isFinite(value)) {
        throw GraftException.usage("the model file gives an image that holds %s", value);
      }
      images[i] = (float) Math.min(1, Math.max(0, (value - low()) * scale));
    }
    return images;
  }

  /**
   * @throws GraftException (exit 2) when values lie outside the declared range
   */
  void checkRange(Tensor output) {
    double slack = TOLERANCE * (high() - low());
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : output.values()) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    if (least < low() - slack || most > high() + slack) {
      throw GraftException.usage(
          "the model file gives values from %s to %s; its definition declares [%s, %s] as"
              + " architecture.image.range",
          least, most, low(), high());
    }
  }

  /** Where the file has what is at a place of (B, C, H, W). */
  private int place(int i) {
    if (layout.equals("chw")) {
      return i;
    }
    int pixels = height * width;
    int image = i / size();
    int channel = i / pixels % channels;
    return image * size() + i % pixels * channels + channel;
  }
}
