package dev.graft.model.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.model.ModelDefinition.Compute;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ScalarsTest {
  private static final int TERMS = 2_000;

  @Test
  void theGradientOfAProductSurvivesTheGarbageCollector() {
    assertThat(gradientAfterCollection(x -> Scalars.times(x, 3))).isEqualTo(3f * TERMS);
  }

  @Test
  void theGradientOfASumSurvivesTheGarbageCollector() {
    assertThat(gradientAfterCollection(x -> Scalars.plus(x, 3))).isEqualTo(TERMS);
  }

  @Test
  void theGradientOfAMaximumSurvivesTheGarbageCollector() {
    assertThat(gradientAfterCollection(x -> Scalars.atLeast(x, 3))).isZero();
    assertThat(gradientAfterCollection(x -> Scalars.atLeast(x, 1))).isEqualTo(TERMS);
  }

  /** The gradient at 2 of {@link #TERMS} terms, freed memory having been written over. */
  private static float gradientAfterCollection(UnaryOperator<NDArray> term) {
    try (NDManager manager =
            TorchEngine.newManager(new Compute(1, 64, CpuCapability.best().key()));
        GradMode on = GradMode.on()) {
      NDArray x = manager.create(new float[] {2}, new Shape(1));
      x.setRequiresGradient(true);
      NDArray sum = term.apply(x);
      for (int i = 1; i < TERMS; i++) {
        sum = sum.add(term.apply(x));
      }
      writeOverFreedMemory();
      JniUtils.backward((PtNDArray) sum.sum(), (PtNDArray) manager.create(1f), false, false);
      NDArray gradient = JniUtils.getGradient((PtNDArray) x);
      return gradient.toFloatArray()[0];
    }
  }

  private static void writeOverFreedMemory() {
    List<ByteBuffer> buffers = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      System.gc();
      for (int i = 0; i < 2 * TERMS; i++) {
        buffers.add(ByteBuffer.allocateDirect(Float.BYTES).putFloat(0, 1e9f));
      }
    }
    assertThat(buffers).isNotEmpty();
  }
}
