package dev.graft.model.external;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.graft.model.ModelDefinition.Compute;
import dev.graft.model.nn.Tensor;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An ONNX graph in ONNX Runtime, with as many threads as the definition says. */
public final class OnnxProgram implements Program {
  private final OrtEnvironment environment;
  private final OrtSession session;

  private OnnxProgram(OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
  }

  /**
   * @throws OrtException when the bytes are no ONNX
   */
  public static OnnxProgram open(byte[] content, Compute compute) throws OrtException {
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "graft");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(compute.threads());
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setDeterministicCompute(true);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      return new OnnxProgram(environment, environment.createSession(content, options));
    }
  }

  @Override
  public List<Tensor> run(List<Input> inputs) {
    List<String> names = List.copyOf(session.getInputNames());
    if (names.size() != inputs.size()) {
      throw Program.refused(inputs, "it takes " + names.size() + " inputs: " + names);
    }
    Map<String, OnnxTensor> named = new LinkedHashMap<>();
    try {
      for (int i = 0; i < names.size(); i++) {
        named.put(names.get(i), upload(inputs.get(i)));
      }
      try (OrtSession.Result result = session.run(named)) {
        return download(result);
      }
    } catch (OrtException e) {
      throw Program.refused(inputs, e.getMessage());
    } finally {
      named.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor upload(Input input) throws OrtException {
    if (input instanceof Input.Indices indices) {
      return OnnxTensor.createTensor(
          environment, LongBuffer.wrap(indices.values()), indices.shape());
    }
    Tensor tensor = ((Input.Floats) input).tensor();
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(tensor.values()), tensor.shape());
  }

  private static List<Tensor> download(OrtSession.Result result) {
    List<Tensor> tensors = new ArrayList<>();
    for (Map.Entry<String, OnnxValue> output : result) {
      if (!(output.getValue() instanceof OnnxTensor tensor)
          || tensor.getInfo().type != OnnxJavaType.FLOAT) {
        throw Program.notFloats(tensors.size(), output.getValue().getInfo());
      }
      FloatBuffer buffer = tensor.getFloatBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      tensors.add(new Tensor(tensor.getInfo().getShape(), values));
    }
    return tensors;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot end a session", e);
    }
  }
}
