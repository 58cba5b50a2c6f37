package dev.graft.model.external;

import dev.graft.data.DatasetSchema;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.ByteTensor;
import dev.graft.model.nn.Safetensors;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Generators of images that were trained elsewhere: a TorchScript or ONNX file that takes noise
 * and, perhaps, a class. Fitting one checks it and keeps its content in the model, so that nobody
 * needs the file afterwards.
 */
public final class ExternalFamily implements ModelFamily<Sampler> {
  /** Name of the file's content among a model's tensors. */
  public static final String FILE = "file";

  @Override
  public String name() {
    return "external";
  }

  @Override
  public String description() {
    return "generator of images from a TorchScript or ONNX file";
  }

  @Override
  public Class<Sampler> modelType() {
    return Sampler.class;
  }

  @Override
  public Set<String> controls() {
    return Set.of(ExternalSampler.TRUNCATION);
  }

  @Override
  public void check(ModelDefinition definition, DatasetSchema schema) {
    ExternalArchitecture architecture = ExternalArchitecture.of(definition.architecture());
    architecture.check(schema);
    architecture.file().check();
  }

  @Override
  public FittedModel fit(TrainingRun run) throws IOException {
    ExternalArchitecture architecture = ExternalArchitecture.of(run.definition().architecture());
    architecture.check(run.schema());
    int[] classes = architecture.numbers(run.schema());
    byte[] content = architecture.file().content();
    try (Program program = architecture.file().open(content, run.definition().compute())) {
      new GeneratorProbe(architecture, program, classes, run.definition().compute().batch())
          .check();
    }
    byte[] weights =
        Safetensors.of(Map.of(), Map.of()).withBytes(FILE, ByteTensor.of(content)).encode();
    return new FittedModel(weights, List.of(), 0, Map.of("bytes", (double) content.length));
  }

  @Override
  public Sampler open(StoredModel model) throws IOException {
    return new ExternalSampler(model);
  }
}
