package dev.graft.model.external;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import dev.graft.model.ModelDefinition.Compute;
import dev.graft.model.nn.GradMode;
import dev.graft.model.nn.Tensor;
import dev.graft.model.nn.TorchEngine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A TorchScript module in the process's libtorch, in evaluation mode. */
final class TorchProgram implements Program {
  private final NDManager manager;
  private final PtSymbolBlock module;

  private TorchProgram(NDManager manager, PtSymbolBlock module) {
    this.manager = manager;
    this.module = module;
  }

  /**
   * @throws EngineException when the bytes are no TorchScript
   */
  static TorchProgram open(byte[] content, Compute compute) throws IOException {
    NDManager manager = TorchEngine.newManager(compute);
    try {
      PtSymbolBlock module =
          JniUtils.loadModule(
              (PtNDManager) manager, new ByteArrayInputStream(content), false, false);
      JniUtils.enableInferenceMode(module);
      return new TorchProgram(manager, module);
    } catch (IOException | RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  @Override
  public List<Tensor> run(List<Input> inputs) {
    // A profiled graph would be compiled anew, with other last bits, after its first calls.
    JniUtils.setGraphExecutorOptimize(false);
    try (GradMode off = GradMode.off();
        NDManager scope = manager.newSubManager()) {
      NDList arrays = new NDList();
      inputs.forEach(input -> arrays.add(upload(scope, input)));
      NDList outputs = call(scope, arrays, inputs);
      List<Tensor> tensors = new ArrayList<>();
      for (NDArray output : outputs) {
        if (output.getDataType() != DataType.FLOAT32) {
          throw Program.notFloats(tensors.size(), output.getDataType());
        }
        tensors.add(new Tensor(output.getShape().getShape(), output.toFloatArray()));
      }
      return tensors;
    }
  }

  private NDList call(NDManager scope, NDList arrays, List<Input> inputs) {
    try {
      return module.forward(new ParameterStore(scope, false), arrays, false);
    } catch (EngineException e) {
      throw Program.refused(inputs, reason(e));
    }
  }

  private static NDArray upload(NDManager scope, Input input) {
    Shape shape = new Shape(input.shape());
    if (input instanceof Input.Indices indices) {
      return scope.create(indices.values(), shape);
    }
    return scope.create(((Input.Floats) input).tensor().values(), shape);
  }

  /** The sentence among the engine's lines of trace. */
  static String reason(EngineException e) {
    List<String> lines = String.valueOf(e.getMessage()).lines().map(String::strip).toList();
    return lines.stream()
        .filter(line -> line.startsWith("RuntimeError:") || line.startsWith("Expected"))
        .reduce((first, second) -> second)
        .or(() -> lines.stream().filter(line -> !line.isEmpty()).findFirst())
        .orElse("no reason given");
  }

  @Override
  public void close() {
    manager.close();
  }
}
