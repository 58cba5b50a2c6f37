package dev.graft.model.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.data.CounterRandom;
import dev.graft.model.ModelDefinition.Compute;
import dev.graft.model.nn.CpuCapability;
import dev.graft.model.nn.GradMode;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Tensor;
import dev.graft.model.nn.TorchEngine;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gradient by the input, and that of its length by the weights, beside finite differences. */
class InputGradientTest {
  private static final int ROWS = 3;
  private static final int CLASSES = 2;
  private static final ImageShape SHAPE = new ImageShape(2, 8, 8);

  private final CriticNetwork critic =
      new CriticNetwork(new CriticNetwork.Architecture(List.of(4, 6), 5, false), SHAPE, CLASSES);
  private NDManager manager;
  private InputGradient gradient;
  private SortedMap<String, Tensor> start;
  private final float[] images = new float[ROWS * SHAPE.rowSize()];
  private final float[] classes = {1, 0, 0, 1, 1, 0};

  @BeforeEach
  void open() {
    manager = TorchEngine.newManager(new Compute(1, 8, CpuCapability.best().key()));
    gradient = new InputGradient(critic);
    ParameterSet weights = new ParameterSet(manager);
    critic.declare(weights, 3);
    start = weights.export();
    CounterRandom.of(4).gaussian(images, 0, images.length);
  }

  @AfterEach
  void close() {
    gradient.close();
    manager.close();
  }

  private NDArray images(NDManager scope, float[] values) {
    return scope
        .create(values, new Shape(ROWS, SHAPE.height(), SHAPE.width(), SHAPE.channels()))
        .transpose(0, 3, 1, 2);
  }

  private float[] answers(float[] values) {
    try (GradMode off = GradMode.off();
        NDManager scope = manager.newSubManager()) {
      return critic
          .apply(
              ParameterSet.of(scope, start),
              images(scope, values),
              scope.create(classes, new Shape(ROWS, CLASSES)))
          .toFloatArray();
    }
  }

  private double[] squaredNorms(SortedMap<String, Tensor> weights) {
    try (GradMode on = GradMode.on();
        NDManager scope = manager.newSubManager()) {
      float[] squares =
          gradient
              .squaredNorms(
                  ParameterSet.of(scope, weights),
                  images(scope, images),
                  scope.create(classes, new Shape(ROWS, CLASSES)))
              .toFloatArray();
      return new double[] {squares[0], squares[1], squares[2]};
    }
  }

  @Test
  void isTheGradientByTheInput() {
    double[] squares = squaredNorms(start);
    float[] before = answers(images);
    double[] differences = new double[ROWS];
    float step = 1e-2f;
    for (int row = 0; row < ROWS; row++) {
      for (int v = 0; v < SHAPE.rowSize(); v++) {
        int position = row * SHAPE.rowSize() + v;
        float kept = images[position];
        images[position] = kept + step;
        double slope = (answers(images)[row] - before[row]) / step;
        images[position] = kept;
        differences[row] += slope * slope;
      }
    }
    for (int row = 0; row < ROWS; row++) {
      assertThat(squares[row]).isCloseTo(differences[row], within(0.03 * differences[row]));
    }
  }

  @Test
  void canBeDifferentiatedByTheWeights() {
    for (String name : List.of("conv0.weight", "conv1.weight", "hidden.weight", "class.weight")) {
      float[] exact = gradientBy(name);
      int strongest = 0;
      for (int i = 0; i < exact.length; i++) {
        strongest = Math.abs(exact[i]) > Math.abs(exact[strongest]) ? i : strongest;
      }
      double slope = slope(name, strongest, 1e-2f);
      assertThat((double) exact[strongest])
          .as(name)
          .isNotZero()
          .isCloseTo(slope, within(0.05 * Math.abs(slope)));
    }
  }

  private float[] gradientBy(String name) {
    try (GradMode on = GradMode.on();
        NDManager scope = manager.newSubManager()) {
      ParameterSet weights = ParameterSet.of(scope, start);
      weights.requireGradients(true);
      NDArray total =
          gradient
              .squaredNorms(
                  weights, images(scope, images), scope.create(classes, new Shape(ROWS, CLASSES)))
              .sum();
      JniUtils.backward((PtNDArray) total, (PtNDArray) scope.create(1f), false, false);
      PtNDArray found = JniUtils.getGradient(weights.get(name));
      found.attach(scope);
      return found.toFloatArray();
    }
  }

  private double slope(String name, int position, float step) {
    double[] sums = new double[2];
    for (int side = 0; side < 2; side++) {
      float[] moved = start.get(name).values().clone();
      moved[position] += side == 0 ? -step : step;
      SortedMap<String, Tensor> weights = new TreeMap<>(start);
      weights.put(name, new Tensor(start.get(name).shape(), moved));
      for (double square : squaredNorms(weights)) {
        sums[side] += square;
      }
    }
    return (sums[1] - sums[0]) / (2 * step);
  }
}
