package dev.graft.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.stage.StageName;
import java.time.Duration;
import java.util.Map;

/** Hears what the launcher does. */
public interface RunListener {
  /** A stage is about to run. */
  default void started(StageName stage, String fingerprint) {}

  /** A stage was already committed for this fingerprint. */
  default void skipped(StageName stage, String fingerprint) {}

  /** What a committed stage has counted, by name; comes after the end of its job. */
  default void counted(StageName stage, Map<String, Long> counters) {}

  /** A stage has committed. */
  default void finished(StageName stage, JsonNode summary, Duration duration) {}

  /** A stage has failed. */
  default void failed(StageName stage, String reason) {}
}
