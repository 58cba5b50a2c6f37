package dev.graft.modality.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.modality.Modalities;
import dev.graft.modality.SignatureScheme;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSignaturesTest {
  private static final int PAIRS = 2000;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void findsPlantedPairsAtTheRadius(int channels) {
    SignatureScheme scheme = scheme(channels);
    int found = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
      byte[] left = scheme.signature(blobs(pair, channels), 0);
      byte[] right = moved(left, pair, scheme.defaultRadius());
      assertThat(scheme.distance(left, right)).isBetween(5.5, scheme.defaultRadius());
      found += meet(scheme, left, right) ? 1 : 0;
    }
    assertThat(found / (double) PAIRS).isGreaterThanOrEqualTo(0.97);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void seesNoiseShiftedLevelsAndBlockwiseErrorsAsNear(int channels) {
    SignatureScheme scheme = scheme(channels);
    int found = 0;
    for (int pair = 0; pair < 300; pair++) {
      byte[] image = blobs(pair, channels);
      byte[] changed = disturbed(image, pair);
      byte[] left = scheme.signature(image, 0);
      byte[] right = scheme.signature(changed, 0);
      assertThat(scheme.distance(left, right)).isLessThan(scheme.defaultRadius());
      found += meet(scheme, left, right) ? 1 : 0;
    }
    assertThat(found / 300.0).isGreaterThanOrEqualTo(0.97);
  }

  @Test
  void keepsDifferentImagesApart() {
    SignatureScheme scheme = scheme(1);
    Set<Long> buckets = new HashSet<>();
    int rows = 1000;
    for (int row = 0; row < rows; row++) {
      byte[] signature = scheme.signature(blobs(row, 1), 0);
      for (long bucket : scheme.buckets(signature, scheme.defaultRadius())) {
        buckets.add(bucket);
      }
    }
    assertThat(buckets.size()).isGreaterThan(rows * ImageSignatures.TABLES * 8 / 10);
  }

  @Test
  void equalImagesMeetEvenAtRadiusZero() {
    SignatureScheme scheme = scheme(1);
    byte[] signature = scheme.signature(blobs(7, 1), 0);
    assertThat(scheme.distance(signature, signature.clone())).isZero();
    assertThat(scheme.buckets(signature, 0)).isEqualTo(scheme.buckets(signature.clone(), 0));
    assertThat(signature).hasSize(scheme.length());
  }

  private static SignatureScheme scheme(int channels) {
    return Modalities.get("image")
        .signatures(new DatasetSchema("image", List.of(channels, 28, 28), List.of()));
  }

  private static boolean meet(SignatureScheme scheme, byte[] left, byte[] right) {
    long[] a = scheme.buckets(left, scheme.defaultRadius());
    long[] b = scheme.buckets(right, scheme.defaultRadius());
    for (int table = 0; table < a.length; table++) {
      if (a[table] == b[table]) {
        return true;
      }
    }
    return false;
  }

  /** Five soft blobs on black. */
  private static byte[] blobs(long seed, int channels) {
    CounterRandom random = CounterRandom.of(seed, channels);
    byte[] image = new byte[channels * 784];
    for (int i = 0; i < image.length; i++) {
      int y = i % 784 / 28;
      int x = i % 28;
      double value = 0;
      for (int blob = 0; blob < 5; blob++) {
        double dy = y - 28 * random.uniform(blob * 4L);
        double dx = x - 28 * random.uniform(blob * 4L + 1);
        double width = 4 + 40 * random.uniform(blob * 4L + 2);
        value += 160 * random.uniform(blob * 4L + 3) * Math.exp(-(dx * dx + dy * dy) / width);
      }
      image[i] = (byte) Math.min(230, 20 + value);
    }
    return image;
  }

  /** A signature just within {@code radius}, in a random direction. */
  private static byte[] moved(byte[] signature, long seed, double radius) {
    float[] direction = new float[signature.length];
    CounterRandom.of(seed, 99).gaussian(direction, 0, direction.length);
    double norm = 0;
    for (float value : direction) {
      norm += value * value;
    }
    byte[] out = signature.clone();
    for (int i = 0; i < out.length; i++) {
      double step = direction[i] * (radius - 0.1) * Math.sqrt(signature.length / norm);
      out[i] = (byte) Math.max(0, Math.min(255, (signature[i] & 0xFF) + Math.round(step)));
    }
    return out;
  }

  private static byte[] disturbed(byte[] image, long seed) {
    CounterRandom random = CounterRandom.of(seed, 1234);
    byte[] out = Arrays.copyOf(image, image.length);
    for (int i = 0; i < out.length; i++) {
      int block = i % 784 / 28 / 8 * 4 + i % 28 / 8;
      int change =
          switch ((int) (seed % 3)) {
            case 0 -> random.below(i, 17) - 8;
            case 1 -> 1;
            default -> random.below(block, 7) - 3;
          };
      out[i] = (byte) Math.max(0, Math.min(255, (out[i] & 0xFF) + change));
    }
    return out;
  }
}
