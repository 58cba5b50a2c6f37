package dev.graft.workflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.EvaluateSpec;
import dev.graft.spec.ModelsSpec;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.PublishSpec;
import dev.graft.spec.SourceSpec;
import dev.graft.spec.SplitSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Specs for tests that do not care for their content. */
final class SpecSamples {
  private SpecSamples() {}

  static PipelineSpec publishingTo(Path directory) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    ModelsSpec.ModelRef model = new ModelsSpec.Define("models/any.yaml", json.objectNode());
    return new PipelineSpec(
        "any",
        "image",
        1,
        new SourceSpec(
            "idx", Map.of(), Map.of(), List.of(), false, 0.001, SourceSpec.RecordLimits.DEFAULT),
        json.objectNode(),
        new SplitSpec(0.15, 0.15, ""),
        new ModelsSpec(model, model, model),
        new AugmentSpec(new AugmentSpec.SyntheticPerClass(10), Map.of(), 1, 2, 1, false),
        List.of(),
        new EvaluateSpec(
            List.of(),
            100,
            new EvaluateSpec.Utility("models/any.yaml", json.objectNode(), List.of())),
        List.of(),
        new PublishSpec(directory.toString(), true, List.of(), 1000, "", false));
  }
}
