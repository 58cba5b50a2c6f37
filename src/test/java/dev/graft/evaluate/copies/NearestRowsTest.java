package dev.graft.evaluate.copies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.CounterRandom;
import dev.graft.evaluate.copies.NearestRows.Nearest;
import dev.graft.model.ModelDefinition.Compute;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestRowsTest {
  private static final Compute COMPUTE = new Compute(1, 64, "avx2");

  @ParameterizedTest
  @CsvSource({"300, 200, 12", "70, 40, 784", "30, 20, 3072"})
  void findsTheExactNearestRow(int rows, int queries, int rowSize) {
    byte[] searched = draw(1, rows * rowSize);
    byte[] asked = draw(2, queries * rowSize);
    Nearest nearest = new NearestRows(searched, rowSize, COMPUTE).find(asked);
    for (int q = 0; q < queries; q++) {
      long best = Long.MAX_VALUE;
      int neighbour = -1;
      for (int t = 0; t < rows; t++) {
        long distance = squared(asked, q, searched, t, rowSize);
        if (distance < best) {
          best = distance;
          neighbour = t;
        }
      }
      assertThat(nearest.squared()[q]).isEqualTo(best);
      assertThat(nearest.neighbours()[q]).isEqualTo(neighbour);
    }
  }

  @Test
  void staysExactForTheGreatestDistances() {
    int rowSize = 5_000;
    byte[] black = new byte[rowSize];
    byte[] white = new byte[rowSize];
    java.util.Arrays.fill(white, (byte) 255);
    Nearest nearest = new NearestRows(white, rowSize, COMPUTE).find(black);
    assertThat(nearest.squared()[0]).isEqualTo(255L * 255 * rowSize);
  }

  @Test
  void staysExactForVeryLongRows() {
    int rowSize = 200_000;
    Nearest nearest =
        new NearestRows(new byte[2 * rowSize], rowSize, COMPUTE).find(new byte[rowSize]);
    assertThat(nearest.squared()).containsExactly(0);
    byte[] white = new byte[rowSize];
    java.util.Arrays.fill(white, (byte) 255);
    assertThat(new NearestRows(white, rowSize, COMPUTE).find(new byte[rowSize]).squared())
        .containsExactly(255L * 255 * rowSize);
  }

  @Test
  void findsCopiesAcrossBlocks() {
    int rowSize = 4;
    byte[] searched = draw(3, 20_000 * rowSize);
    byte[] asked = new byte[1_500 * rowSize];
    for (int i = 0; i < 1_500; i++) {
      System.arraycopy(searched, 13 * i * rowSize, asked, i * rowSize, rowSize);
    }
    Nearest nearest = new NearestRows(searched, rowSize, COMPUTE).find(asked);
    assertThat(nearest.squared()).containsOnly(0L);
    for (int i = 0; i < 1_500; i++) {
      assertThat(nearest.neighbours()[i]).isLessThanOrEqualTo(13 * i);
    }
  }

  @Test
  @Tag("slow")
  void isAffordable() {
    NearestRows train = new NearestRows(draw(4, 51_000 * 784), 784, COMPUTE);
    long start = System.nanoTime();
    train.find(draw(5, 4_000 * 784));
    assertThat((System.nanoTime() - start) * 5e-9).as("seconds for 20,000 rows").isLessThan(60);
  }

  private static long squared(byte[] left, int q, byte[] right, int t, int rowSize) {
    long sum = 0;
    for (int j = 0; j < rowSize; j++) {
      long difference = (left[q * rowSize + j] & 0xff) - (right[t * rowSize + j] & 0xff);
      sum += difference * difference;
    }
    return sum;
  }

  private static byte[] draw(long seed, int size) {
    CounterRandom random = CounterRandom.of(seed);
    byte[] values = new byte[size];
    for (int i = 0; i < size; i++) {
      values[i] = (byte) random.bits(i);
    }
    return values;
  }
}
