package dev.graft.model.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.model.nn.ImageShape;
import org.junit.jupiter.api.Test;

class PictureTraitTest {
  private static final ImageShape SHAPE = new ImageShape(1, 8, 8);

  @Test
  void measuresWhereAPictureIsAndHowItStands() {
    float[] upright = bar(3, 0);
    float[] moved = bar(5, 0);
    float[] slanted = bar(6, 0.5);
    assertThat(PictureTrait.BRIGHTNESS.of(upright, 0, SHAPE)).isCloseTo(0.125, within(1e-6));
    assertThat(PictureTrait.CONTRAST.of(upright, 0, SHAPE))
        .isCloseTo(Math.sqrt(0.125 - 0.125 * 0.125), within(1e-6));
    assertThat(PictureTrait.TO_THE_RIGHT.of(upright, 0, SHAPE)).isCloseTo(3, within(1e-6));
    assertThat(PictureTrait.TO_THE_RIGHT.of(moved, 0, SHAPE)).isCloseTo(5, within(1e-6));
    assertThat(PictureTrait.DOWN.of(upright, 0, SHAPE)).isCloseTo(3.5, within(1e-6));
    assertThat(PictureTrait.WIDTH.of(upright, 0, SHAPE)).isZero();
    assertThat(PictureTrait.HEIGHT.of(upright, 0, SHAPE))
        .isCloseTo(Math.sqrt(63 / 12.0), within(1e-6));
    assertThat(PictureTrait.SLANT.of(upright, 0, SHAPE)).isZero();
    assertThat(PictureTrait.SLANT.of(slanted, 0, SHAPE)).isCloseTo(0.5, within(0.03));
    assertThat(PictureTrait.WIDTH.of(slanted, 0, SHAPE)).isGreaterThan(1);
  }

  @Test
  void aBlackPictureIsNowhere() {
    for (PictureTrait trait : PictureTrait.values()) {
      assertThat(trait.of(new float[64], 0, SHAPE)).as(trait.words()).isZero();
    }
  }

  /** One column of light that begins at a column and goes to the left on its way down. */
  private static float[] bar(int column, double slant) {
    float[] image = new float[64];
    for (int line = 0; line < 8; line++) {
      image[line * 8 + column - (int) Math.round(slant * line)] = 1;
    }
    return image;
  }
}
