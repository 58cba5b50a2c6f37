package dev.graft.stage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.spec.PipelineSpec;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;

/**
 * One stage of the workflow: a Beam graph that reads its inputs when it runs, never when it is
 * built, and commits its own output as its last step ({@link CommitStage}).
 */
public interface Stage {
  StageName name();

  /**
   * Version of the code that decides this stage's output. Raise it when the same inputs would give
   * other bytes; a golden-digest test reminds.
   */
  int codeVersion();

  /** Stages whose output this one reads. */
  List<StageName> inputs();

  /**
   * The part of the spec that decides this stage's output, for its fingerprint: no paths of output,
   * no runner, no parallelism.
   */
  JsonNode fingerprintPart(PipelineSpec spec, String runDate);

  /**
   * Looks, in the launcher and before anything starts, for what would make this stage fail: a
   * source that is not there, an output place that is taken.
   *
   * @throws dev.graft.data.GraftException with the reason
   */
  default void preflight(StageContext context) {}

  /**
   * Whether a committed output is still whole: every file that it names, in its own folder and
   * outside, is there and has the rows that were counted. A stage whose output is not intact, or
   * cannot be read to tell (an UncheckedIOException), runs again.
   */
  boolean intact(StageContext context, StageOutput output);

  /**
   * The place that holds all that this stage is for, made by a run of the same fingerprint, even if
   * no stage's folder is left of that run. A run that asks for this stage then has nothing to do.
   */
  default Optional<String> delivered(StageContext context) {
    return Optional.empty();
  }

  /** Adds the stage's graph, ending in its commit, to {@code pipeline}. */
  void build(Pipeline pipeline, StageContext context);
}
