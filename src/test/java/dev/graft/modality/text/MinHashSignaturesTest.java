package dev.graft.modality.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.data.CounterRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MinHashSignaturesTest {
  private static final int SIZE = 256;

  private final MinHashSignatures scheme = new MinHashSignatures(SIZE, false);

  private byte[] signature(String text) {
    byte[] row = new byte[SIZE];
    CanonicalText.write(text, row, 0, SIZE);
    return scheme.signature(row, 0);
  }

  private boolean found(String left, String right) {
    byte[] one = signature(left);
    byte[] other = signature(right);
    double radius = scheme.defaultRadius();
    Set<Long> buckets =
        Arrays.stream(scheme.buckets(one, radius)).boxed().collect(Collectors.toSet());
    boolean meet = Arrays.stream(scheme.buckets(other, radius)).anyMatch(buckets::contains);
    byte[] both = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    boolean near = scheme.distance(one, other) <= radius;
    assertThat(scheme.within(both, 0, 1, radius)).isEqualTo(near);
    return meet && near;
  }

  private static double jaccard(String left, String right) {
    Set<Long> one = set(left);
    Set<Long> other = set(right);
    Set<Long> both = new HashSet<>(one);
    both.retainAll(other);
    return (double) both.size() / (one.size() + other.size() - both.size());
  }

  private static Set<Long> set(String text) {
    return Arrays.stream(Shingles.of(List.of(text), 5)).boxed().collect(Collectors.toSet());
  }

  /** A text of random words. */
  private static StringBuilder text(CounterRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      text.append(random.below(3 * i, 6) == 0 ? ' ' : (char) ('a' + random.below(3 * i + 1, 26)));
    }
    return text;
  }

  @Test
  void findsPairsOfTheDeclaredSimilarityAndMore() {
    int planted = 0;
    int found = 0;
    for (int pair = 0; pair < 600; pair++) {
      CounterRandom random = CounterRandom.of(1, pair);
      StringBuilder copy = text(random);
      String original = copy.toString();
      for (int change = 0; change < 1 + pair % 7; change++) {
        copy.setCharAt(random.below(1_000 + change, 150), '#');
      }
      if (jaccard(original, copy.toString()) >= 0.7) {
        planted++;
        found += found(original, copy.toString()) ? 1 : 0;
      }
    }
    assertThat(planted).isGreaterThan(200);
    assertThat((double) found / planted).isGreaterThanOrEqualTo(0.97);
  }

  @Test
  void differentTextsAreFar() {
    for (int pair = 0; pair < 200; pair++) {
      String one = text(CounterRandom.of(2, pair)).toString();
      String other = text(CounterRandom.of(3, pair)).toString();
      assertThat(scheme.distance(signature(one), signature(other))).isGreaterThan(0.8);
      assertThat(found(one, other)).isFalse();
    }
  }

  @Test
  void estimatesTheJaccardDistance() {
    String one = "please wake me up at seven in the morning on friday and play some quiet jazz";
    String other = "please wake me up at seven in the evening on friday and play some quiet jazz";
    assertThat(scheme.distance(signature(one), signature(other)))
        .isCloseTo(1 - jaccard(one, other) - MinHashSignatures.SLACK, within(0.09));
    assertThat(scheme.distance(signature(one), signature(one.toUpperCase()))).isZero();
  }

  @Test
  void shortAndEmptyTextsHaveSignatures() {
    assertThat(found("yes", "Yes ")).isTrue();
    assertThat(found("yes", "no")).isFalse();
    assertThat(found("", "")).isTrue();
  }

  @Test
  void noRunGoesFromOnePartToTheNext() {
    assertThat(Shingles.of(List.of("abcdef", "ghijkl"), 5))
        .hasSize(4)
        .doesNotContain(Shingles.of("ef gh", 5)[0]);
    MinHashSignatures parted = new MinHashSignatures(SIZE, true);
    byte[] rows = new byte[2 * SIZE];
    CanonicalText.write("is it raining in rome\twill rome have rain", rows, 0, SIZE);
    CanonicalText.write("will rome have rain\tis it raining in rome", rows, SIZE, SIZE);
    assertThat(parted.distance(parted.signature(rows, 0), parted.signature(rows, SIZE))).isZero();
  }

  @Test
  void aByteIsOfTheLeastProductOfItsPermutation() {
    CounterRandom random = CounterRandom.of(0x6D696E68L);
    for (String text :
        List.of("", "yes", "a cat", "play some quiet jazz", "ha ha ha ha ha ha ha")) {
      long[] shingles = Shingles.of(text, 5);
      byte[] signature = signature(text);
      for (int i = 0; i < MinHashSignatures.PERMUTATIONS; i++) {
        long least = Long.MAX_VALUE;
        for (long shingle : shingles) {
          long product = shingle * (random.bits(2L * i) | 1) + random.bits(2L * i + 1);
          least = Math.min(least, product >>> 1);
        }
        assertThat(signature[i]).isEqualTo((byte) CounterRandom.mix(least));
      }
    }
  }

  @Test
  void pairsAreNearByTheirDistanceHoweverTheyAreCompared() {
    int length = MinHashSignatures.PERMUTATIONS;
    for (int different = 0; different <= length; different++) {
      byte[] both = new byte[2 * length];
      for (int i = 0; i < length; i++) {
        both[i] = (byte) (37 * i);
        // Differences of the highest bit, of the lowest one and of others.
        both[length + i] = (byte) (i < different ? both[i] ^ 1 << i % 8 : both[i]);
      }
      double distance =
          scheme.distance(
              Arrays.copyOfRange(both, 0, length), Arrays.copyOfRange(both, length, 2 * length));
      for (double radius : new double[] {0, 0.1, 0.3, 0.9, 1}) {
        boolean near = distance <= radius;
        assertThat(scheme.within(both, 0, 1, radius)).isEqualTo(near);
        assertThat(scheme.bucket(both, new int[] {0, 1}, radius).nearEarlier(1, 2)).isEqualTo(near);
      }
    }
  }
}
