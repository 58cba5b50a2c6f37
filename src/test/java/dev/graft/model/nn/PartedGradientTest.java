package dev.graft.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.model.ModelDefinition.Compute;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartedGradientTest {
  private static final int ROWS = 12;
  private static final int WIDTH = 5;

  /** The loss of rows is the mean of tanh(x . w)^2. */
  private static Objective.Part part(int from, int to) {
    return (weights, scope, step) -> {
      float[] x = new float[(to - from) * WIDTH];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) Math.sin(1 + from * WIDTH + i + step);
      }
      NDArray rows = scope.create(x, new Shape(to - from, WIDTH));
      NDArray loss = rows.matMul(weights.get("w")).tanh().square().mean();
      return new Objective.Loss(loss, Map.of("share", loss));
    };
  }

  private static List<Objective.Part> parts(int count) {
    int size = ROWS / count;
    return IntStream.range(0, count).mapToObj(i -> part(i * size, (i + 1) * size)).toList();
  }

  private record Result(Map<String, Double> figures, float[] gradient, int arrays) {}

  private static Result run(int count, int steps) {
    try (NDManager manager =
        TorchEngine.newManager(new Compute(1, 8, CpuCapability.best().key()))) {
      ParameterSet weights = new ParameterSet(manager);
      weights.add("w", Tensor.of(new float[] {0.3f, -0.2f, 0.5f, 0.1f, -0.4f}, WIDTH, 1));
      weights.requireGradients(true);
      Result result = null;
      try (PartedGradient gradient = new PartedGradient(manager, weights, parts(count))) {
        for (int step = 0; step < steps; step++) {
          Map<String, Double> figures = gradient.backward(step);
          try (NDArray sum = JniUtils.getGradient(weights.get("w"))) {
            result = new Result(figures, sum.toFloatArray(), manager.getManagedArrays().size());
          }
          JniUtils.zeroGrad(weights.get("w"));
        }
      }
      return result;
    }
  }

  @Test
  void partsHaveTheGradientOfTheWhole() {
    Result whole = run(1, 3);
    for (int count : new int[] {2, 3, 4}) {
      Result parted = run(count, 3);
      for (int i = 0; i < WIDTH; i++) {
        assertThat(parted.gradient()[i]).isCloseTo(whole.gradient()[i], within(1e-6f));
      }
      assertThat(parted.figures().keySet()).containsExactly("share", "train-loss");
      assertThat(parted.figures().get("train-loss"))
          .isCloseTo(whole.figures().get("train-loss"), within(1e-6));
    }
  }

  @Test
  void partsHaveTheSameBitsEachTime() {
    float[] first = run(4, 20).gradient();
    for (int again = 0; again < 5; again++) {
      assertThat(Arrays.equals(run(4, 20).gradient(), first)).isTrue();
    }
  }

  @Test
  void stepsLeaveNoArrays() {
    assertThat(run(3, 30).arrays()).isEqualTo(run(3, 2).arrays());
  }

  @Test
  void aPartThatFailsFailsTheStep() {
    Objective.Part failing =
        (weights, scope, step) -> {
          throw new IllegalArgumentException("no such row");
        };
    try (NDManager manager =
        TorchEngine.newManager(new Compute(1, 8, CpuCapability.best().key()))) {
      ParameterSet weights = new ParameterSet(manager);
      weights.add("w", Tensor.of(new float[WIDTH], WIDTH, 1));
      weights.requireGradients(true);
      try (PartedGradient gradient =
          new PartedGradient(manager, weights, List.of(part(0, 6), failing))) {
        assertThatThrownBy(() -> gradient.backward(0))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("no such row");
      }
    }
  }
}
