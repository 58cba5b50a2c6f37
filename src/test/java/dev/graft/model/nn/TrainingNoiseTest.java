package dev.graft.model.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.CounterRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

class TrainingNoiseTest {
  @Test
  void isNormal() {
    float[] noise = TrainingNoise.draw(CounterRandom.of(3, 1), 100_000);
    double[] values = IntStream.range(0, noise.length).mapToDouble(i -> noise[i]).toArray();
    double distance =
        new KolmogorovSmirnovTest()
            .kolmogorovSmirnovStatistic(new NormalDistribution(null, 0, 1), values);
    assertThat(distance).isLessThan(1.63 / Math.sqrt(values.length)); // one seed in a hundred
  }

  @Test
  void isTheSameForTheSameStreamAndAnotherForAnother() {
    float[] noise = TrainingNoise.draw(CounterRandom.of(3, 1), 50);
    assertThat(TrainingNoise.draw(CounterRandom.of(3, 1), 50)).isEqualTo(noise);
    assertThat(TrainingNoise.draw(CounterRandom.of(3, 2), 50)).isNotEqualTo(noise);
  }
}
