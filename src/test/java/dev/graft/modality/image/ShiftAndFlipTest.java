package dev.graft.modality.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.modality.ClassicalAugmenter;
import dev.graft.modality.Modalities;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShiftAndFlipTest {
  private static final DatasetSchema SCHEMA =
      new DatasetSchema("image", List.of(1, 8, 8), List.of());

  @Test
  void movesAPointByAtMostTwoPixelsToEveryPlace() {
    Set<Integer> places = places("{\"size\": 8}");
    assertThat(places).hasSize(25);
    assertThat(places).allMatch(at -> Math.abs(at / 8 - 3) <= 2 && Math.abs(at % 8 - 3) <= 2);
  }

  @Test
  void mirrorsOnlyWhenAllowed() {
    Set<Integer> places = places("{\"size\": 8, \"flip\": true}");
    assertThat(places).hasSize(30).contains(6 + 8 * 3);
  }

  @Test
  void repeatsTheBorderAndTheDraw() {
    ClassicalAugmenter augmenter =
        Modalities.get("image").classical(SCHEMA, Pictures.options("{\"size\": 8}"));
    byte[] flat = new byte[64];
    java.util.Arrays.fill(flat, (byte) 9);
    byte[] out = new byte[70];
    augmenter.augment(flat, 0, 0, CounterRandom.of(5), out, 6);
    assertThat(java.util.Arrays.copyOfRange(out, 6, 70)).containsOnly(9);

    byte[] noise = Pictures.noise(4, 64);
    byte[] again = new byte[70];
    augmenter.augment(noise, 0, 0, CounterRandom.of(6), out, 6);
    augmenter.augment(noise, 0, 0, CounterRandom.of(6), again, 6);
    assertThat(java.util.Arrays.copyOfRange(again, 6, 70))
        .isEqualTo(java.util.Arrays.copyOfRange(out, 6, 70));
  }

  /** Where a point at row 3, column 3 lands in many draws. */
  private static Set<Integer> places(String options) {
    ClassicalAugmenter augmenter =
        Modalities.get("image").classical(SCHEMA, Pictures.options(options));
    byte[] image = new byte[64];
    image[3 * 8 + 3] = 1;
    Set<Integer> places = new HashSet<>();
    for (int draw = 0; draw < 2000; draw++) {
      byte[] out = new byte[64];
      augmenter.augment(image, 0, 0, CounterRandom.of(1, draw), out, 0);
      for (int i = 0; i < 64; i++) {
        if (out[i] == 1) {
          places.add(i);
        }
      }
    }
    return places;
  }
}
