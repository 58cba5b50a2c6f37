package dev.graft.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.stage.StageName;
import java.time.Duration;

/** Hears what the launcher does. */
public interface RunListener {
  /** A stage is about to run. */
  default void started(StageName stage, String fingerprint) {}

  /** A stage was already committed for this fingerprint. */
  default void skipped(StageName stage, String fingerprint) {}

  /** A stage has committed. */
  default void finished(StageName stage, JsonNode summary, Duration duration) {}

  /** A stage has failed. */
  default void failed(StageName stage, String reason) {}
}
