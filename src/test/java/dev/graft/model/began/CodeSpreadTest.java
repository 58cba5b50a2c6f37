package dev.graft.model.began;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import dev.graft.model.nn.Tensor;
import org.junit.jupiter.api.Test;

class CodeSpreadTest {
  private static final double[][] MEANS = {{1, -2, 0.5}, {-3, 0, 4}};
  private static final double[][] FACTOR = {{2, 0, 0}, {-1, 0.5, 0}, {0.3, 0.7, 1}};

  @Test
  void meansAndFactorOfKnownGaussiansAreFound() {
    CodeSpread.Sums sums = new CodeSpread.Sums(3, 2);
    int rows = 40_000;
    float[] codes = new float[rows * 3];
    float[] oneHot = new float[rows * 2];
    for (int row = 0; row < rows; row++) {
      int label = row % 3 == 0 ? 1 : 0;
      float[] noise = new float[3];
      CounterRandom.of(5, row).gaussian(noise, 0, 3);
      oneHot[row * 2 + label] = 1;
      for (int i = 0; i < 3; i++) {
        codes[row * 3 + i] = (float) code(label, noise, i);
      }
    }
    sums.add(codes, oneHot);
    CodeSpread spread = sums.spread();
    assertThat(sums.rows()).isEqualTo(rows);
    for (int i = 0; i < 3; i++) {
      assertThat(spread.means()[0]).containsExactly(MEANS[0], within(0.05));
      assertThat(spread.means()[1]).containsExactly(MEANS[1], within(0.05));
      assertThat(spread.factor()[i]).containsExactly(FACTOR[i], within(0.05));
    }
  }

  private static double code(int label, float[] noise, int i) {
    double value = MEANS[label][i];
    for (int j = 0; j <= i; j++) {
      value += FACTOR[i][j] * noise[j];
    }
    return value;
  }

  @Test
  void layerOfNoiseGivesWhatTheLayerOfCodesGave() {
    float[] weight = {1, 2, 3, 10, 20, -1, 0.5f, 0, -5, 7};
    CodeSpread spread = new CodeSpread(MEANS, FACTOR);
    float[] before = spread.before(new Tensor(new long[] {2, 5}, weight)).values();
    float[] noise = {0.3f, -1.2f, 0.8f};
    for (int label = 0; label < 2; label++) {
      for (int value = 0; value < 2; value++) {
        double ofCodes = weight[value * 5 + 3 + label];
        double ofNoise = before[value * 5 + 3 + label];
        for (int i = 0; i < 3; i++) {
          ofCodes += weight[value * 5 + i] * code(label, noise, i);
          ofNoise += before[value * 5 + i] * noise[i];
        }
        assertThat(ofNoise).isCloseTo(ofCodes, within(1e-5));
      }
    }
  }

  @Test
  void fewerRowsThanValuesOfACodeAndAClassWithoutRowsHaveASpreadToo() {
    CodeSpread.Sums sums = new CodeSpread.Sums(4, 3);
    sums.add(new float[] {1, 2, 3, 4, 3, 2, 1, 0}, new float[] {1, 0, 0, 0, 1, 0});
    CodeSpread spread = sums.spread();
    assertThat(spread.means()[0]).containsExactly(1, 2, 3, 4);
    assertThat(spread.means()[2]).containsExactly(2, 2, 2, 2);
    for (double[] row : spread.factor()) {
      for (double value : row) {
        assertThat(value).isFinite();
      }
    }
  }

  @Test
  void aLargeValueThatIsTheSameForAllImagesDoesNoHarm() {
    CodeSpread.Sums sums = new CodeSpread.Sums(2, 1);
    for (int row = 0; row < 500; row++) {
      sums.add(new float[] {12345.678f, row % 2}, new float[] {1});
    }
    CodeSpread spread = sums.spread();
    assertThat(spread.means()[0][0]).isCloseTo(12345.678, within(1e-2));
    assertThat(spread.factor()[1][1]).isCloseTo(0.5, within(1e-3));
  }

  @Test
  void codesThatAreNotFiniteAreRefused() {
    CodeSpread.Sums sums = new CodeSpread.Sums(1, 1);
    sums.add(new float[] {1, Float.NaN}, new float[] {1, 1});
    assertThatThrownBy(sums::spread)
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("lower training.learning-rate");
  }
}
