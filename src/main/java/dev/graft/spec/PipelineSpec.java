package dev.graft.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.List;

/**
 * A whole pipeline as the user declared it, with every default filled in and every path resolved.
 *
 * @param name names the published dataset
 * @param modality registered modality, such as {@code image}
 * @param seed the one seed of the run
 * @param source where the real data is
 * @param modalityOptions the section named after the modality, such as {@code image: {size: ...}}
 * @param split how the real data is divided
 * @param models generator, judge and examiner
 * @param augment what to generate
 * @param select the rules that candidates must pass, in order
 * @param evaluate what to measure
 * @param gates what publishing must pass
 * @param publish where and what to publish
 */
public record PipelineSpec(
    String name,
    String modality,
    long seed,
    SourceSpec source,
    JsonNode modalityOptions,
    SplitSpec split,
    ModelsSpec models,
    AugmentSpec augment,
    List<SelectRule> select,
    EvaluateSpec evaluate,
    List<GateSpec> gates,
    PublishSpec publish)
    implements Serializable {
  public PipelineSpec {
    select = List.copyOf(select);
    gates = List.copyOf(gates);
  }
}
