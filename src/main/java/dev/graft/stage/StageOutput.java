package dev.graft.stage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.io.Storage;
import dev.graft.data.json.SealedJson;
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

  /**
   * Reads a committed output.
   *
   * @param directory the stage's folder
   * @throws dev.graft.data.GraftException (exit 3) when its {@code _SUCCESS} is damaged
   */
  public static StageOutput read(String directory) {
    return SealedJson.read(Storage.resolve(directory, StageContext.SUCCESS), StageOutput.class)
        .in(directory);
  }

  /** Writes {@code _SUCCESS}: from now on this output counts. */
  public void commit(String directory) {
    Storage.writeText(Storage.resolve(directory, StageContext.SUCCESS), SealedJson.text(this));
  }

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
