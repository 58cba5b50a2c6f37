package dev.graft.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.graft.model.ModelDefinition.Compute;
import dev.graft.model.nn.Attention.Past;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CausalTransformerTest {
  private static final int CODES = 5;
  private static final int POSITIONS = 6;
  private static final int[][] ROWS = {{0, 1, 2, 3, 4, 0}, {4, 4, 2, 1, 1, 3}};
  private static final int[] LABELS = {1, 0};

  private final CausalTransformer prior =
      new CausalTransformer(new CausalTransformer.Size(8, 2, 2), CODES, POSITIONS, 2);
  private NDManager manager;
  private GradMode off;
  private ParameterSet weights;

  @BeforeEach
  void open() {
    manager = TorchEngine.newManager(new Compute(1, 8, CpuCapability.best().key()));
    off = GradMode.off();
    weights = new ParameterSet(manager);
    prior.declare(weights, 9);
  }

  @AfterEach
  void close() {
    off.close();
    manager.close();
  }

  private float[] logits(int[][] rows, int[] labels) {
    try (NDManager scope = manager.newSubManager()) {
      return prior.apply(weights, scope, rows, labels, Dropout.none()).toFloatArray();
    }
  }

  @Test
  void aCodeDependsOnTheClassAndTheCodesBeforeItAlone() {
    float[] before = logits(ROWS, LABELS);
    int[][] other = {ROWS[0].clone(), ROWS[1]};
    other[0][3] = 0;
    float[] after = logits(other, LABELS);
    for (int position = 0; position < POSITIONS; position++) {
      boolean same = true;
      for (int code = 0; code < CODES; code++) {
        same &= before[position * CODES + code] == after[position * CODES + code];
      }
      assertThat(same).as("position %d", position).isEqualTo(position <= 3);
    }
    assertThat(logits(ROWS, new int[] {0, 0})[0]).isNotEqualTo(before[0]);
  }

  @Test
  void aShorterRowHasTheSameLogitsBesideALongerOne() {
    float[] whole = logits(ROWS, LABELS);
    float[] short0 = logits(new int[][] {Arrays.copyOf(ROWS[0], 2), ROWS[1]}, LABELS);
    float[] short1 = logits(new int[][] {ROWS[0], Arrays.copyOf(ROWS[1], 1)}, LABELS);
    assertThat(short0).hasSize((2 + POSITIONS) * CODES);
    assertThat(short1).hasSize((POSITIONS + 1) * CODES);
    int second = POSITIONS * CODES;
    for (int i = 0; i < short0.length; i++) {
      int at = i < 2 * CODES ? i : i - 2 * CODES + second;
      assertThat(short0[i]).isCloseTo(whole[at], within(1e-5f));
    }
    for (int i = 0; i < short1.length; i++) {
      assertThat(short1[i]).isCloseTo(whole[i], within(1e-5f));
    }
  }

  @Test
  void aStepKeepsNothingButWhatLaterOnesNeed() {
    try (NDManager scope = manager.newSubManager()) {
      List<Past> past = prior.past(scope, 2);
      prior.first(weights, scope, LABELS, LABELS, new double[2], past).close();
      int held = scope.getManagedArrays().size();
      for (int position = 1; position < POSITIONS; position++) {
        prior.next(weights, scope, new long[] {0, 1}, position, past).close();
        assertThat(scope.getManagedArrays()).hasSize(held);
      }
      assertThat(held).isEqualTo(4); // keys and values of two blocks
    }
  }

  @Test
  void oneAfterTheOtherIsTheSameAsAllAtOnce() {
    float[] all = logits(ROWS, LABELS);
    try (NDManager scope = manager.newSubManager()) {
      List<Past> past = prior.past(scope, 2);
      long[] told = {CODES + LABELS[0], CODES + LABELS[1]};
      for (int position = 0; position < POSITIONS; position++) {
        float[] next = prior.next(weights, scope, told, position, past).toFloatArray();
        for (int row = 0; row < 2; row++) {
          for (int code = 0; code < CODES; code++) {
            assertThat(next[row * CODES + code])
                .isCloseTo(all[(row * POSITIONS + position) * CODES + code], within(1e-5f));
          }
          told[row] = ROWS[row][position];
        }
      }
    }
  }
}
