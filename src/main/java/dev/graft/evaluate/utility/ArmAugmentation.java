package dev.graft.evaluate.utility;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.DatasetSchema;
import dev.graft.modality.ClassicalAugmenter;
import dev.graft.modality.Modalities;
import dev.graft.model.ModelDefinition;
import dev.graft.model.classical.PolicyAugmenter;
import dev.graft.spec.PipelineSpec;

/** What rows meet in the arms that augment classically. */
public final class ArmAugmentation {
  private ArmAugmentation() {}

  /** The policy that the spec names, or the modality's own augmentation. */
  public static ClassicalAugmenter of(PipelineSpec spec, DatasetSchema schema) {
    JsonNode stated = spec.evaluate().utility().classical();
    return stated == null
        ? Modalities.get(schema.modality()).classical(schema, spec.modalityOptions())
        : PolicyAugmenter.of(ModelDefinition.of(stated), schema);
  }
}
