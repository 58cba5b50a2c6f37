package dev.graft.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import dev.graft.data.Condition;
import dev.graft.data.LabelledRows;
import dev.graft.model.Derivation.Interpolation;
import dev.graft.model.Sampler.Controls;
import dev.graft.spec.GenerationMode.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every family keeps to that interpolates and mixes classes as well. */
public abstract class DerivingSamplerContract extends VaryingSamplerContract {
  @Override
  protected String use(Sampler sampler) {
    byte[] between = derive(sampler, between(0, 8), 0, 8);
    return super.use(sampler) + " " + Hashing.sha256().hashBytes(between);
  }

  private static byte[] derive(Sampler sampler, Derivation derivation, long first, int count) {
    return deriving(sampler)
        .derive(
            Condition.ofLabel(0),
            derivation,
            5,
            LongStream.range(first, first + count).toArray(),
            Controls.NONE);
  }

  /** Between a row of class 0 and one of class 1, at eighths of the way. */
  private Interpolation between(int first, int end) {
    double[] positions = IntStream.range(0, 8).mapToDouble(row -> row / 8.0).toArray();
    int[] rows = IntStream.range(0, 8).toArray();
    return new Interpolation(sources(0).select(rows), sources(1).select(rows), positions)
        .slice(first, end);
  }

  @Test
  void theFamilySaysWhatItCanDo() throws Exception {
    assertThat(family().modes(definition())).containsExactlyInAnyOrder(Kind.values());
  }

  @Test
  void placesDoNotDependOnTheirBatch() throws Exception {
    try (Sampler sampler = open()) {
      byte[] whole = derive(sampler, between(0, 8), 0, 8);
      for (int first = 0; first < 8; first += 3) {
        int end = Math.min(8, first + 3);
        assertThat(derive(sampler, between(first, end), first, end - first))
            .isEqualTo(Arrays.copyOfRange(whole, first * ROW, end * ROW));
      }
    }
  }

  @Test
  void pathsBetweenRowsLeadFromOneClassToTheOther() throws Exception {
    try (Sampler sampler = open()) {
      LabelledRows from = sources(0).select(new int[] {2});
      LabelledRows to = sources(1).select(new int[] {3});
      byte[] path =
          SamplePaths.betweenRows(
              deriving(sampler), from, to, 11, List.of(Looks.VALUES), Controls.NONE);
      assertThat(path).hasSize(11 * ROW);
      assertThat(lead(path, 0)).isPositive();
      assertThat(lead(path, 10)).isNegative();
      // The way there is no detour.
      assertThat(lead(path, 0)).isGreaterThan(lead(path, 5));
      assertThat(lead(path, 5)).isGreaterThan(lead(path, 10));
    }
  }

  @Test
  void pathsBetweenClassesBeginAndEndWithPlainSamples() throws Exception {
    try (Sampler sampler = open()) {
      byte[] path =
          SamplePaths.betweenClasses(
              deriving(sampler), 0, 1, 5, 6, 9, List.of(Looks.VALUES), Controls.NONE);
      assertThat(Arrays.copyOf(path, ROW))
          .isEqualTo(sampler.sample(Condition.ofLabel(0), 5, 6, 1, Controls.NONE));
      assertThat(lead(path, 0)).isGreaterThan(lead(path, 8));
      assertThat(lead(path, 4)).isBetween(lead(path, 8), lead(path, 0));
    }
  }

  /** How much brighter the band of class 0 is than that of class 1. */
  private static double lead(byte[] images, int image) {
    double lead = 0;
    for (int i = 0; i < ROW; i++) {
      int band = i / 8 / 3;
      int value = images[image * ROW + i] & 0xff;
      lead += band == 0 ? value : band == 1 ? -value : 0;
    }
    return lead;
  }
}
