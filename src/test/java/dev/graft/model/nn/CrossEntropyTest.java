package dev.graft.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.model.ModelDefinition.Compute;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {
  private static final int CLASSES = 3;
  private static final float[] LOGITS = {2, 0.5f, -1, 0, 0, 3, -0.25f, 1.5f, 1};
  private static final float[] SOFT = {0.7f, 0.2f, 0.1f, 0.5f, 0.5f, 0, 0.1f, 0.3f, 0.6f};

  private static NDManager manager;

  @BeforeAll
  static void open() {
    manager = TorchEngine.newManager(new Compute(1, 64, CpuCapability.best().key()));
  }

  @AfterAll
  static void close() {
    manager.close();
  }

  private static NDArray logits(int... rows) {
    float[] chosen = new float[rows.length * CLASSES];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(LOGITS, rows[i] * CLASSES, chosen, i * CLASSES, CLASSES);
    }
    return manager.create(chosen, new Shape(rows.length, CLASSES));
  }

  /**
   * By hand: the logarithms of the sums of exponentials are 2.2413113, 3.0949230 and 2.0767845, so
   * the terms -t . log softmax(x) are 0.8413113, 3.0949230 and 1.0517845; with a tenth of the
   * target spread over the classes 0.9313113, 2.9949230 and 1.0792845.
   */
  @Test
  void softTargetsGiveTheNumberOfTheFormula() {
    int[] all = {0, 1, 2};
    assertThat(CrossEntropy.softLoss(manager, logits(all), SOFT, all, 0).getFloat())
        .isEqualTo(1.6626729f, within(1e-6f));
    assertThat(CrossEntropy.softLoss(manager, logits(all), SOFT, all, 0.1).getFloat())
        .isEqualTo(1.6685062f, within(1e-6f));
  }

  @Test
  void positionsAreThoseOfTheDataAndNotOfTheBatch() {
    NDArray batch = logits(2, 0);
    float both = CrossEntropy.softLoss(manager, batch, SOFT, new int[] {2, 0}, 0).getFloat();
    float one = CrossEntropy.softLoss(manager, logits(2), SOFT, new int[] {2}, 0).getFloat();
    float other = CrossEntropy.softLoss(manager, logits(0), SOFT, new int[] {0}, 0).getFloat();
    assertThat(both).isEqualTo((one + other) / 2, within(1e-6f));
  }

  @Test
  void allOfTheProbabilityForOneClassIsThatClass() {
    int[] labels = {1, 2, 0};
    int[] all = {0, 1, 2};
    float[] certain = OneHot.of(labels, all, CLASSES);
    for (double smoothing : new double[] {0, 0.1}) {
      assertThat(CrossEntropy.softLoss(manager, logits(all), certain, all, smoothing).getFloat())
          .isEqualTo(CrossEntropy.loss(manager, logits(all), labels, all, smoothing).getFloat());
    }
  }
}
