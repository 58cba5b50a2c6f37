package dev.graft.modality.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.data.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MultiScaleSsimTest {
  private static final int SIDE = 28;

  @Test
  void equalImagesAreOneAndNoiseTakesAwayFromIt() {
    MultiScaleSsim ssim = new MultiScaleSsim(1, SIDE, SIDE);
    byte[] image = waves(0);
    assertThat(ssim.of(image, 0, image, 0)).isCloseTo(1, within(1e-12));
    double last = 1;
    for (int noise : new int[] {10, 40, 120}) {
      double value = ssim.of(image, 0, noisy(image, noise), 0);
      assertThat(value).isBetween(0.0, last - 0.001);
      assertThat(ssim.of(noisy(image, noise), 0, image, 0)).isCloseTo(value, within(1e-12));
      last = value;
    }
  }

  /** Flat images differ in luminance alone, which only the coarsest of the two scales counts. */
  @Test
  void flatImagesDifferByTheLuminanceTerm() {
    byte[] dark = new byte[SIDE * SIDE];
    byte[] bright = new byte[SIDE * SIDE];
    Arrays.fill(dark, (byte) 50);
    Arrays.fill(bright, (byte) 200);
    double floor = 2.55 * 2.55;
    double luminance = (2 * 50 * 200 + floor) / (50 * 50 + 200 * 200 + floor);
    double weight = 0.2856 / (0.0448 + 0.2856);
    assertThat(new MultiScaleSsim(1, SIDE, SIDE).of(dark, 0, bright, 0))
        .isCloseTo(Math.pow(luminance, weight), within(1e-9));
  }

  @Test
  void takesTheMeanOverChannelsAndImagesSmallerThanAWindow() {
    MultiScaleSsim colour = new MultiScaleSsim(2, 8, 8);
    byte[] left = new byte[128];
    byte[] right = new byte[128];
    for (int i = 0; i < 64; i++) {
      left[i] = (byte) (i * 4);
      right[i] = (byte) (i * 4);
      left[64 + i] = (byte) (i * 4);
      right[64 + i] = (byte) (252 - i * 4);
    }
    MultiScaleSsim grey = new MultiScaleSsim(1, 8, 8);
    assertThat(colour.of(left, 0, right, 0))
        .isCloseTo((1 + grey.of(left, 64, right, 64)) / 2, within(1e-12))
        .isLessThan(0.6);
  }

  private static byte[] waves(int shift) {
    byte[] image = new byte[SIDE * SIDE];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) (128 + 100 * Math.sin((i % SIDE + shift) / 3.0) * Math.cos(i / SIDE / 4.0));
    }
    return image;
  }

  private static byte[] noisy(byte[] image, int most) {
    byte[] noisy = image.clone();
    CounterRandom random = CounterRandom.of(3);
    for (int i = 0; i < noisy.length; i++) {
      int value = (image[i] & 0xff) + random.below(i, 2 * most + 1) - most;
      noisy[i] = (byte) Math.max(0, Math.min(255, value));
    }
    return noisy;
  }
}
