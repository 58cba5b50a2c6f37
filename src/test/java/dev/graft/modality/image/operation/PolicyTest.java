package dev.graft.modality.image.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.graft.data.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyTest {
  private static final int SIDE = 12;
  private static final int CHANNELS = 3;
  private static final int ROW = CHANNELS * SIDE * SIDE;
  private static final byte[] ROWS = rows();

  /** Two colour images: a gradient to the right, and one downwards. */
  private static byte[] rows() {
    byte[] rows = new byte[2 * ROW];
    for (int i = 0; i < ROW; i++) {
      int channel = i / (SIDE * SIDE);
      rows[i] = (byte) (20 + 15 * (i % SIDE) + 10 * channel);
      rows[ROW + i] = (byte) (30 + 14 * (i / SIDE % SIDE) + 20 * channel);
    }
    return rows;
  }

  private static byte[] apply(Policy policy, int label, long sample) {
    byte[] out = new byte[ROW];
    policy.apply(
        new Policy.Source(ROWS, 0, 1, CHANNELS, SIDE, SIDE),
        label,
        CounterRandom.of(7, sample),
        out,
        0);
    return out;
  }

  private static Policy only(Operation operation, double amount) {
    return new Policy(0, 1, List.of(new Policy.Step(operation, amount, 1, List.of())));
  }

  private static byte[] original() {
    return Arrays.copyOf(ROWS, ROW);
  }

  @ParameterizedTest
  @EnumSource
  void changesAnImageTheSameWayEachTime(Operation operation) {
    Policy policy =
        only(operation, Math.min(0.4, operation.most()) * (operation.most() > 1 ? 50 : 1));
    byte[] first = apply(policy, 0, 1);
    assertThat(first).isNotEqualTo(original()).isEqualTo(apply(policy, 0, 1));
    if (operation != Operation.FLIP) {
      assertThat(apply(policy, 0, 2)).isNotEqualTo(first);
    }
  }

  @ParameterizedTest
  @EnumSource
  void withAmountNothingLeavesAnImageAsItIs(Operation operation) {
    if (operation != Operation.FLIP) {
      assertThat(apply(only(operation, 0), 0, 1)).isEqualTo(original());
    }
  }

  @Test
  void aMirroredImageMirrorsBack() {
    byte[] mirrored = apply(only(Operation.FLIP, 0), 0, 1);
    for (int i = 0; i < ROW; i++) {
      int opposite = i / SIDE * SIDE + SIDE - 1 - i % SIDE;
      assertThat(mirrored[i]).isEqualTo(ROWS[opposite]);
    }
  }

  @Test
  void aRotationTurnsAboutTheCentre() {
    Canvas image = Canvas.of(ROWS, 0, CHANNELS, SIDE, SIDE);
    Canvas turned = Affine.rotation(Math.PI / 2).apply(image);
    // A quarter of a turn makes a gradient to the right one up or down.
    float[] v = turned.values();
    assertThat(v[0]).isCloseTo(v[SIDE - 1], offset(1e-4f));
    assertThat(Math.abs(v[0] - v[(SIDE - 1) * SIDE])).isGreaterThan(0.5f);
  }

  @Test
  void changesOneAfterTheOtherAreOneChange() {
    Canvas image = Canvas.of(ROWS, 0, CHANNELS, SIDE, SIDE);
    Affine shift = Affine.shift(2, 0);
    Affine back = Affine.shift(-2, 0);
    assertThat(back.after(shift).apply(image).values()).containsExactly(image.values());
    Affine both = Affine.scale(0.5).after(Affine.shift(1, 0));
    assertThat(both).isEqualTo(new Affine(2, 0, -1, 0, 2, 0));
  }

  @Test
  void aClassThatIsLeftOutStays() {
    Policy policy = new Policy(0, 1, List.of(new Policy.Step(Operation.ROTATE, 40, 1, List.of(3))));
    assertThat(apply(policy, 3, 1)).isEqualTo(original());
    assertThat(apply(policy, 2, 1)).isNotEqualTo(original());
  }

  @Test
  void probabilityIsTheShareOfImagesThatAreChanged() {
    Policy policy =
        new Policy(0, 1, List.of(new Policy.Step(Operation.BRIGHTNESS, 0.4, 0.3, List.of())));
    long changed = 0;
    for (int sample = 0; sample < 1000; sample++) {
      changed += Arrays.equals(apply(policy, 0, sample), original()) ? 0 : 1;
    }
    assertThat(changed).isBetween(250L, 350L);
  }

  @Test
  void soManyOperationsAreChosenForEachImage() {
    List<Policy.Step> steps = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      steps.add(new Policy.Step(Operation.BRIGHTNESS, 0, 1, List.of()));
    }
    steps.add(new Policy.Step(Operation.FLIP, 1, 1, List.of()));
    long mirrored = 0;
    for (int sample = 0; sample < 1000; sample++) {
      mirrored += Arrays.equals(apply(new Policy(2, 1, steps), 0, sample), original()) ? 0 : 1;
    }
    assertThat(mirrored).isBetween(340L, 460L);
  }
}
