package dev.graft.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import dev.graft.data.Condition;
import dev.graft.data.LabelledRows;
import dev.graft.model.Derivation.ClassMixture;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.Sampler.Controls;
import dev.graft.spec.GenerationMode.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every family that varies real rows keeps to, beside what all generators do. */
public abstract class VaryingSamplerContract extends SamplerContract {
  protected static final int ROW = 64;
  private static final int SOURCES = 24;

  /** Sharing, memory and repetition are held for variations too. */
  @Override
  protected String use(Sampler sampler) {
    byte[] varied = vary(sampler, 1, 0.4, 8);
    return super.use(sampler) + " " + Hashing.sha256().hashBytes(varied);
  }

  /** A trained model. */
  protected final Sampler open() throws IOException {
    return family().open(stored(fitted(1)));
  }

  /** Train rows of a class, which the model has seen. */
  protected final LabelledRows sources(int label) {
    LabelledRows train = rows(90, 1);
    return train.select(
        IntStream.range(0, train.size())
            .filter(row -> train.labels()[row] == label)
            .limit(SOURCES)
            .toArray());
  }

  protected static DerivingSampler deriving(Sampler sampler) {
    return (DerivingSampler) sampler;
  }

  /** Variations of the first sources of a class. */
  protected byte[] vary(Sampler sampler, int label, double strength, int count) {
    int size = schema().rowSize();
    byte[] all = new byte[count * size];
    for (int first = 0; first < count; first += sampler.batch()) {
      int end = Math.min(count, first + sampler.batch());
      Variation variation = new Variation(sources(label), strength).slice(first, end);
      byte[] part =
          deriving(sampler)
              .derive(
                  Condition.ofLabel(label),
                  variation,
                  5,
                  LongStream.range(first, end).toArray(),
                  controls());
      System.arraycopy(part, 0, all, first * size, part.length);
    }
    return all;
  }

  /** Mean distance of rows to others, row by row; of images in grey levels. */
  protected double distance(byte[] images, byte[] others) {
    double sum = 0;
    for (int row = 0; row < images.length / ROW; row++) {
      double squares = 0;
      for (int i = row * ROW; i < (row + 1) * ROW; i++) {
        double gap = (images[i] & 0xff) - (others[i] & 0xff);
        squares += gap * gap;
      }
      sum += Math.sqrt(squares / ROW);
    }
    return sum / (images.length / (double) ROW);
  }

  /** Under which variations are looked at. */
  protected Controls controls() {
    return Controls.NONE;
  }

  /** Strengths that differ in what they do. */
  protected double[] strengths() {
    return new double[] {0.15, 0.4, 0.9};
  }

  /** Families that do not go on to plain samples at strength 1 say so. */
  protected boolean fullStrengthIsAPlainSample() {
    return true;
  }

  @Test
  void theFamilySaysThatItVaries() throws Exception {
    assertThat(family().modes(definition())).contains(Kind.VARY);
  }

  @Test
  void variationsDoNotDependOnTheirBatch() throws Exception {
    int size = schema().rowSize();
    try (Sampler sampler = open()) {
      byte[] whole = vary(sampler, 0, 0.5, 8);
      Variation all = new Variation(sources(0), 0.5);
      for (int first = 7; first >= 0; first -= 3) {
        int begin = Math.max(0, first - 2);
        assertThat(
                deriving(sampler)
                    .derive(
                        Condition.ofLabel(0),
                        all.slice(begin, first + 1),
                        5,
                        LongStream.rangeClosed(begin, first).toArray(),
                        controls()))
            .isEqualTo(Arrays.copyOfRange(whole, begin * size, (first + 1) * size));
      }
    }
    try (Sampler again = open()) {
      byte[] alone =
          deriving(again)
              .derive(
                  Condition.ofLabel(0),
                  new Variation(sources(0), 0.5).slice(6, 7),
                  5,
                  new long[] {6},
                  controls());
      assertThat(alone).isEqualTo(Arrays.copyOfRange(vary(again, 0, 0.5, 8), 6 * size, 7 * size));
    }
  }

  @Test
  void mixturesDoNotDependOnTheirBatch() throws Exception {
    if (!family().modes(definition()).contains(Kind.MIX_CLASSES)) {
      return;
    }
    int size = schema().rowSize();
    double[] shares = IntStream.range(0, 8).mapToDouble(row -> row / 8.0).toArray();
    int[] other = new int[8];
    Arrays.fill(other, 1);
    ClassMixture mixture = new ClassMixture(new int[8], other, shares);
    try (Sampler sampler = open()) {
      byte[] mixed = mix(sampler, mixture, 0);
      for (int first = 0; first < 8; first += 3) {
        int end = Math.min(8, first + 3);
        assertThat(mix(sampler, mixture.slice(first, end), first))
            .isEqualTo(Arrays.copyOfRange(mixed, first * size, end * size));
      }
      assertThat(Arrays.copyOf(mixed, size))
          .isEqualTo(sampler.sample(Condition.ofLabel(0), 5, 0, 1, controls()));
    }
  }

  /** Samples of class 0 and others, with indices from {@code first} on. */
  protected final byte[] mix(Sampler sampler, ClassMixture mixture, long first) {
    long[] indices = LongStream.range(first, first + mixture.count()).toArray();
    return deriving(sampler).derive(Condition.ofLabel(0), mixture, 5, indices, controls());
  }

  /** Measured from what almost no strength gives: what the model makes of the source itself. */
  @Test
  void moreStrengthGoesFartherFromTheSource() throws Exception {
    try (Sampler sampler = open()) {
      byte[] still = vary(sampler, 0, 1e-4, SOURCES);
      double before = 0;
      for (double strength : strengths()) {
        double now = distance(vary(sampler, 0, strength, SOURCES), still);
        assertThat(now).as("at strength %s", strength).isGreaterThan(before);
        before = now;
      }
    }
  }

  @Test
  void fullStrengthKeepsNothingOfTheSource() throws Exception {
    if (!fullStrengthIsAPlainSample()) {
      return;
    }
    try (Sampler sampler = open()) {
      assertThat(vary(sampler, 1, 1, 8))
          .isEqualTo(sampler.sample(Condition.ofLabel(1), 5, 0, 8, controls()));
    }
  }
}
