package dev.graft.model.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.data.CounterRandom;
import dev.graft.model.ModelDefinition.Compute;
import dev.graft.model.nn.CpuCapability;
import dev.graft.model.nn.GradMode;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Tensor;
import dev.graft.model.nn.TorchEngine;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpectralNormTest {
  private static final int ENOUGH = 300;

  private final SpectralNorm norm = new SpectralNorm();
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = TorchEngine.newManager(new Compute(1, 8, CpuCapability.best().key()));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private ParameterSet drawn() {
    ParameterSet weights = new ParameterSet(manager);
    weights.add("conv.weight", drawn(1, 6, 4, 3, 3));
    weights.add("dense.weight", drawn(2, 7, 20));
    weights.add("dense.bias", drawn(3, 7));
    return weights;
  }

  private static Tensor drawn(long seed, int... shape) {
    int size = 1;
    long[] lengths = new long[shape.length];
    for (int i = 0; i < shape.length; i++) {
      size *= shape[i];
      lengths[i] = shape[i];
    }
    float[] values = new float[size];
    CounterRandom.of(seed).gaussian(values, 0, size);
    return new Tensor(lengths, values);
  }

  private static double greatestSingularValue(Tensor tensor) {
    int rows = (int) tensor.shape()[0];
    int columns = tensor.values().length / rows;
    double[][] matrix = new double[rows][columns];
    for (int i = 0; i < tensor.values().length; i++) {
      matrix[i / columns][i % columns] = tensor.values()[i];
    }
    return new SingularValueDecomposition(MatrixUtils.createRealMatrix(matrix)).getNorm();
  }

  @Test
  void greatestSingularValueBecomesOne() {
    ParameterSet weights = drawn();
    norm.start(weights, 5);
    assertThat(greatestSingularValue(weights.export().get("conv.weight"))).isGreaterThan(4);
    for (int i = 0; i < ENOUGH; i++) {
      norm.iterate(weights, manager);
    }
    ParameterSet normal = norm.apply(weights, manager);
    for (String name : new String[] {"conv.weight", "dense.weight"}) {
      assertThat(greatestSingularValue(normal.export().get(name)))
          .as(name)
          .isCloseTo(1, within(1e-3));
    }
    assertThat(normal.get("dense.bias")).isSameAs(weights.get("dense.bias"));
  }

  @Test
  void aDiagonalMatrixIsDividedByItsGreatestEntry() {
    ParameterSet weights = new ParameterSet(manager);
    weights.add("a.weight", Tensor.of(new float[] {3, 0, 0, -0.75f}, 2, 2));
    norm.start(weights, 5);
    for (int i = 0; i < 30; i++) {
      norm.iterate(weights, manager);
    }
    assertThat(norm.apply(weights, manager).get("a.weight").toFloatArray())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(1, 0, 0, -0.25f);
  }

  /**
   * With W = diag(3, -0.75), sum(W / sigma) has the gradient (E - (sum W / sigma) u v') / sigma.
   */
  @Test
  void gradientsFlowThroughTheDivisor() {
    ParameterSet weights = new ParameterSet(manager);
    weights.add("a.weight", Tensor.of(new float[] {3, 0, 0, -0.75f}, 2, 2));
    norm.start(weights, 5);
    for (int i = 0; i < 30; i++) {
      norm.iterate(weights, manager);
    }
    weights.requireGradients(true);
    try (GradMode on = GradMode.on()) {
      NDArray sum = norm.apply(weights, manager).get("a.weight").sum();
      JniUtils.backward((PtNDArray) sum, (PtNDArray) manager.create(1f), false, false);
      assertThat(JniUtils.getGradient(weights.get("a.weight")).toFloatArray())
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly((1 - 0.75f) / 3, 1 / 3f, 1 / 3f, 1 / 3f);
    }
  }

  @Test
  void goesOnFromItsStateToTheSameBits() {
    ParameterSet weights = drawn();
    norm.start(weights, 5);
    norm.iterate(weights, manager);
    SpectralNorm other = new SpectralNorm();
    other.restore(norm.state());
    norm.iterate(weights, manager);
    other.iterate(weights, manager);
    assertThat(other.apply(weights, manager).get("conv.weight").toFloatArray())
        .isEqualTo(norm.apply(weights, manager).get("conv.weight").toFloatArray());
  }
}
