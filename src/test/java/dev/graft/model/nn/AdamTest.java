package dev.graft.model.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.model.ModelDefinition.Compute;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdamTest {
  private static final Offset<Double> CLOSE = Offset.offset(1e-5);
  private static final float[] SLOPES = {3, -4, 0.5f};

  private NDManager manager;
  private ParameterSet parameters;

  @BeforeEach
  void open() {
    manager = TorchEngine.newManager(new Compute(1, 8, CpuCapability.best().key()));
    parameters = new ParameterSet(manager);
    parameters.add("p", Tensor.of(new float[] {1, 2, 3}, 3));
    parameters.requireGradients(true);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** Leaves the gradients of slopes . p^2 / 2 at the parameters. */
  private void backward() {
    try (GradMode on = GradMode.on();
        NDManager scope = manager.newSubManager()) {
      NDArray slopes = scope.create(SLOPES, new Shape(3));
      NDArray p = parameters.get("p");
      NDArray loss = slopes.mul(p).mul(p).sum().mul(0.5f);
      JniUtils.backward((PtNDArray) loss, (PtNDArray) scope.create(1f), false, false);
    }
  }

  /** Kingma and Ba's algorithm 1, with the clipping before it. */
  private static double[] reference(int steps, double rate, double clip) {
    double[] p = {1, 2, 3};
    double[] m = new double[3];
    double[] v = new double[3];
    for (int t = 1; t <= steps; t++) {
      double norm = 0;
      for (int i = 0; i < 3; i++) {
        norm += SLOPES[i] * p[i] * SLOPES[i] * p[i];
      }
      double scale = clip > 0 && Math.sqrt(norm) > clip ? clip / Math.sqrt(norm) : 1;
      for (int i = 0; i < 3; i++) {
        double g = scale * SLOPES[i] * p[i];
        m[i] = 0.9 * m[i] + 0.1 * g;
        v[i] = 0.999 * v[i] + 0.001 * g * g;
        p[i] -=
            rate
                * (m[i] / (1 - Math.pow(0.9, t)))
                / (Math.sqrt(v[i] / (1 - Math.pow(0.999, t))) + 1e-8);
      }
    }
    return p;
  }

  @Test
  void followsTheAlgorithm() {
    compare(new Adam(manager, parameters, Adam.Settings.clipped(0)), 0);
  }

  @Test
  void clipsTheGlobalNorm() {
    compare(new Adam(manager, parameters, Adam.Settings.clipped(2)), 2);
  }

  private void compare(Adam adam, double clip) {
    for (int step = 1; step <= 5; step++) {
      backward();
      adam.step(step, 0.1);
    }
    float[] values = parameters.get("p").toFloatArray();
    double[] expected = reference(5, 0.1, clip);
    for (int i = 0; i < 3; i++) {
      assertThat((double) values[i]).isCloseTo(expected[i], CLOSE);
    }
  }

  @Test
  void goesOnFromItsExport() {
    Adam adam = new Adam(manager, parameters, Adam.Settings.clipped(0));
    backward();
    adam.step(1, 0.1);
    Adam restored = Adam.restore(manager, parameters, adam.export(), Adam.Settings.clipped(0));
    backward();
    restored.step(2, 0.1);
    assertThat((double) parameters.get("p").toFloatArray()[0])
        .isCloseTo(reference(2, 0.1, 0)[0], CLOSE);
  }
}
