package dev.graft.modality.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResamplerTest {
  @Test
  void averagesAreasWhenShrinking() {
    PlanarImage image = new PlanarImage(1, 2, 4, new byte[] {0, 10, 20, 30, 40, 50, 60, 70});
    assertThat(Resampler.stretch(image, 1, 2).planes()).containsExactly((byte) 25, (byte) 45);
    assertThat(Resampler.stretch(image, 2, 3).planes())
        .containsExactly((byte) 3, (byte) 15, (byte) 28, (byte) 43, (byte) 55, (byte) 68);
  }

  @Test
  void interpolatesWhenGrowing() {
    PlanarImage image = new PlanarImage(1, 1, 2, new byte[] {0, 100});
    assertThat(Resampler.stretch(image, 1, 4).planes())
        .containsExactly((byte) 0, (byte) 25, (byte) 75, (byte) 100);
  }

  @Test
  void fitsWithBlackBarsAndCropsAtTheCentre() {
    byte[] values = {100, 100, 50, 50, 50, 50, 100, 100};
    PlanarImage image = new PlanarImage(1, 2, 4, values);
    assertThat(Resampler.resize(image, ResizePolicy.FIT, 4, 4).planes())
        .containsExactly(0, 0, 0, 0, 100, 100, 50, 50, 50, 50, 100, 100, 0, 0, 0, 0);
    assertThat(Resampler.resize(image, ResizePolicy.CROP, 2, 2).planes())
        .containsExactly(100, 50, 50, 100);
  }

  @Property(tries = 200)
  void keepsTheMeanOfFlatImagesAndTheDeclaredSize(
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 30) int toHeight,
      @ForAll @IntRange(min = 1, max = 30) int toWidth,
      @ForAll byte value) {
    byte[] values = new byte[height * width];
    java.util.Arrays.fill(values, value);
    PlanarImage image = new PlanarImage(1, height, width, values);
    for (ResizePolicy policy : new ResizePolicy[] {ResizePolicy.CROP, ResizePolicy.STRETCH}) {
      PlanarImage resized = Resampler.resize(image, policy, toHeight, toWidth);
      assertThat(resized.planes()).hasSize(toHeight * toWidth).containsOnly(value);
    }
    assertThat(Resampler.resize(image, ResizePolicy.FIT, toHeight, toWidth).planes())
        .hasSize(toHeight * toWidth)
        .contains(value);
  }

  @Property(tries = 100)
  void keepsTheMeanWhenShrinking(
      @ForAll long seed,
      @ForAll @IntRange(min = 8, max = 60) int side,
      @ForAll @IntRange(min = 1, max = 8) int to) {
    byte[] values = Pictures.noise(seed, side * side);
    byte[] small = Resampler.stretch(new PlanarImage(1, side, side, values), to, to).planes();
    assertThat(mean(small)).isCloseTo(mean(values), within(0.51));
  }

  private static double mean(byte[] values) {
    double sum = 0;
    for (byte value : values) {
      sum += value & 0xFF;
    }
    return sum / values.length;
  }
}
