package dev.graft.stage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.io.Storage;
import java.util.Arrays;

/**
 * A committed stage: the content of its {@code _SUCCESS}.
 *
 * @param stage the stage's name
 * @param fingerprint the fingerprint it was run for
 * @param attempt the attempt that counts
 * @param summary the stage's own figures (its {@code stage.json})
 * @param stageDirectory where it was read from; not stored
 */
public record StageOutput(
    String stage,
    String fingerprint,
    String attempt,
    JsonNode summary,
    @JsonIgnore String stageDirectory) {

  /** This output, read from {@code directory}. */
  public StageOutput in(String directory) {
    return new StageOutput(stage, fingerprint, attempt, summary, directory);
  }

  /** The folder that holds the output's files. */
  public String directory() {
    return Storage.resolve(stageDirectory, "attempt-" + attempt);
  }

  /** Whether all these files of the output are there. */
  public boolean has(String... relative) {
    return Arrays.stream(relative).allMatch(name -> Storage.exists(file(name)));
  }

  /** A file of the output. */
  public String file(String relative) {
    return Storage.resolve(directory(), relative);
  }
}
