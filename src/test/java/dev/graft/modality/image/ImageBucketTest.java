package dev.graft.modality.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.modality.Modalities;
import dev.graft.modality.SignatureBucket;
import dev.graft.modality.SignatureScheme;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageBucketTest {
  private static final int ROWS = 80;

  /** Small buckets are compared pair by pair, large ones side by side. */
  @ParameterizedTest
  @CsvSource({"1, 10", "1, 80", "3, 10", "3, 80"})
  void saysWhatTheDistancesOfAllPairsSay(int channels, int members) {
    SignatureScheme scheme =
        Modalities.get("image")
            .signatures(new DatasetSchema("image", List.of(channels, 28, 28), List.of("a", "b")));
    byte[] signatures = walk(scheme.length());
    int[] rows = CounterRandom.of(3).permutation(ROWS);
    rows = Arrays.copyOf(rows, members);
    rows[members - 1] = rows[2];
    for (double radius : new double[] {0, 4, 9, 300}) {
      SignatureBucket bucket = scheme.bucket(signatures, rows, radius);
      for (int member = 0; member < members; member++) {
        for (int among : new int[] {0, 3, members}) {
          boolean expected = false;
          for (int i = 0; i < Math.min(member, among); i++) {
            expected |=
                rows[i] != rows[member]
                    && scheme.distance(
                            row(signatures, rows[i], scheme), row(signatures, rows[member], scheme))
                        <= radius;
          }
          assertThat(bucket.nearEarlier(member, among))
              .as("member %d among %d at radius %s", member, among, radius)
              .isEqualTo(expected);
        }
      }
    }
  }

  /** Each row some levels away from the one before. */
  private static byte[] walk(int length) {
    byte[] signatures = new byte[ROWS * length];
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < length; i++) {
        double step = 10 * CounterRandom.of(5, row).uniform(i) - 5;
        int before = row == 0 ? 128 : signatures[(row - 1) * length + i] & 0xFF;
        signatures[row * length + i] = (byte) Math.max(0, Math.min(255, before + step));
      }
    }
    return signatures;
  }

  private static byte[] row(byte[] signatures, int row, SignatureScheme scheme) {
    return Arrays.copyOfRange(signatures, row * scheme.length(), (row + 1) * scheme.length());
  }
}
