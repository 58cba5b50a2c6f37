package dev.graft.workflow;

import dev.graft.data.json.Json;
import dev.graft.spec.PipelineSpec;
import dev.graft.stage.Stage;
import dev.graft.stage.StageName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A stage's fingerprint: a hash of the part of the spec it reads, the fingerprints of its input
 * stages, the seed and its code version. Runner, parallelism and output paths are not in it.
 */
final class Fingerprints {
  private Fingerprints() {}

  /** Fingerprints of all stages, which are given in order. */
  static Map<StageName, String> of(List<Stage> stages, PipelineSpec spec, String runDate) {
    Map<StageName, String> fingerprints = new EnumMap<>(StageName.class);
    for (Stage stage : stages) {
      fingerprints.put(stage.name(), of(stage, spec, runDate, fingerprints));
    }
    return fingerprints;
  }

  /**
   * The fingerprint of one stage.
   *
   * @param known fingerprints of its input stages, at least
   */
  static String of(Stage stage, PipelineSpec spec, String runDate, Map<StageName, String> known) {
    Map<String, Object> content = new TreeMap<>();
    content.put("stage", stage.name().key());
    content.put("code-version", stage.codeVersion());
    content.put("seed", spec.seed());
    content.put("spec", stage.fingerprintPart(spec, runDate));
    content.put("inputs", stage.inputs().stream().map(known::get).toList());
    return Json.digest(content);
  }
}
