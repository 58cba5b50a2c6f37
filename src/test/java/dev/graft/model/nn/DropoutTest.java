package dev.graft.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.data.CounterRandom;
import dev.graft.model.ModelDefinition.Compute;
import org.junit.jupiter.api.Test;

class DropoutTest {
  private static final int COUNT = 10_000;

  @Test
  void aShareIsDroppedAndTheRestScaledUp() {
    try (NDManager manager =
        TorchEngine.newManager(new Compute(1, 8, CpuCapability.best().key()))) {
      NDArray ones = manager.ones(new Shape(100, COUNT / 100));
      Dropout dropout = Dropout.of(CounterRandom.of(3), 0.2);
      float[] first = dropout.apply(ones).toFloatArray();
      float[] second = dropout.apply(ones).toFloatArray();
      assertThat(first).containsOnly(0f, 1.25f);
      int dropped = 0;
      for (float value : first) {
        dropped += value == 0 ? 1 : 0;
      }
      assertThat(dropped / (double) COUNT).isCloseTo(0.2, within(0.016)); // 4 deviations
      assertThat(second).isNotEqualTo(first);
      Dropout again = Dropout.of(CounterRandom.of(3), 0.2);
      assertThat(again.apply(ones).toFloatArray()).isEqualTo(first);
      assertThat(Dropout.none().apply(ones)).isSameAs(ones);
    }
  }
}
