package dev.graft.stage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.spec.PipelineSpec;
import java.util.List;
import org.apache.beam.sdk.Pipeline;

/**
 * One stage of the workflow: a Beam graph that reads its inputs when it runs, never when it is built, and
 * commits its own output as its last step ({@link CommitStage}).
 */
public interface Stage {
  StageName name();

  /**
   * Version of the code that decides this stage's output. Raise it when the same inputs would give other
   * bytes; a golden-digest test reminds.
   */
  int codeVersion();

  /** Stages whose output this one reads. */
  List<StageName> inputs();

  /**
   * The part of the spec that decides this stage's output, for its fingerprint: no paths of output, no
   * runner, no parallelism.
   */
  JsonNode fingerprintPart(PipelineSpec spec, String runDate);

  /** Adds the stage's graph, ending in its commit, to {@code pipeline}. */
  void build(Pipeline pipeline, StageContext context);
}
