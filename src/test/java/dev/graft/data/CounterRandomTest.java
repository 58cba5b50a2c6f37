package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CounterRandomTest {
  @Test
  void everySeedAndCoordinateHasItsOwnStream() {
    Set<Long> first = new HashSet<>();
    for (long seed = 0; seed < 100; seed++) {
      first.add(CounterRandom.of(seed).bits(0));
      for (long a = 0; a < 20; a++) {
        first.add(CounterRandom.of(seed, a).bits(0));
        for (long b = 0; b < 20; b++) {
          first.add(CounterRandom.of(seed, a, b).bits(0));
        }
      }
    }
    assertThat(first).hasSize(100 + 100 * 20 + 100 * 20 * 20);
  }

  @Property
  void drawsStayInTheirRange(
      @ForAll long seed, @ForAll long counter, @ForAll @IntRange(min = 1) int bound) {
    CounterRandom random = CounterRandom.of(seed);
    assertThat(random.below(counter, bound)).isBetween(0, bound - 1);
    assertThat(random.uniform(counter)).isStrictlyBetween(0.0, 1.0);
    assertThat(random.bits(counter)).isEqualTo(CounterRandom.of(seed).bits(counter));
  }

  @Test
  void deviatesAreNormalAndPermutationsWhole() {
    float[] deviates = new float[100_001];
    CounterRandom.of(4, 2).gaussian(deviates, 1, 100_000);
    double sum = 0;
    double squares = 0;
    for (float value : deviates) {
      sum += value;
      squares += value * value;
    }
    assertThat(deviates[0]).isZero();
    assertThat(sum / 100_000).isCloseTo(0, within(0.02));
    assertThat(squares / 100_000).isCloseTo(1, within(0.02));
    int[] permutation = CounterRandom.of(1).permutation(1000);
    assertThat(permutation).isNotEqualTo(IntStream.range(0, 1000).toArray());
    Arrays.sort(permutation);
    assertThat(permutation).isEqualTo(IntStream.range(0, 1000).toArray());
  }
}
