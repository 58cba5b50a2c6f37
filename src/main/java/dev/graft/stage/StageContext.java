package dev.graft.stage;

import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.spec.PipelineSpec;
import java.io.Serializable;
import java.util.Map;

/**
 * What one launch of a stage knows; goes to workers with the graph.
 *
 * <p>A stage's folder is named by its fingerprint. Each launch (attempt) writes to a folder of its
 * own in it, and {@code _SUCCESS} beside the attempts names the one that counts.
 *
 * @param spec the whole spec
 * @param runDate {@code YYYY-MM-DD}, or empty for an undated run
 * @param workDirectory absolute root of the stage folders
 * @param storeDirectory absolute root of the model store
 * @param stage the stage being launched
 * @param attempt fresh id of this launch
 * @param fingerprints 64 hexadecimal digits for every stage of the run
 * @param overwrite whether a published place with another fingerprint may be replaced
 * @param callLimit longest time of one model call
 */
public record StageContext(
    PipelineSpec spec,
    String runDate,
    String workDirectory,
    String storeDirectory,
    StageName stage,
    String attempt,
    Map<StageName, String> fingerprints,
    boolean overwrite,
    CallLimit callLimit)
    implements Serializable {
  public static final String SUCCESS = "_SUCCESS";

  public StageContext {
    fingerprints = Map.copyOf(fingerprints);
  }

  /** A launch with the usual limit of model calls. */
  public StageContext(
      PipelineSpec spec,
      String runDate,
      String workDirectory,
      String storeDirectory,
      StageName stage,
      String attempt,
      Map<StageName, String> fingerprints,
      boolean overwrite) {
    this(
        spec,
        runDate,
        workDirectory,
        storeDirectory,
        stage,
        attempt,
        fingerprints,
        overwrite,
        CallLimit.DEFAULT);
  }

  public String fingerprint(StageName name) {
    return fingerprints.get(name);
  }

  /** Folder of a stage at its present fingerprint. */
  public String directory(StageName name) {
    return Storage.resolve(
        workDirectory, name.key() + "/" + fingerprints.get(name).substring(0, 16));
  }

  /** Folder of the stage being launched. */
  public String directory() {
    return directory(stage);
  }

  /** Folder that this attempt writes to. */
  public String attemptDirectory() {
    return Storage.resolve(directory(), "attempt-" + attempt);
  }

  /**
   * The committed output of an earlier stage; call it on a worker, not while the graph is built.
   *
   * @throws GraftException (exit 2) when that stage has not run
   */
  public StageOutput input(StageName name) {
    String marker = Storage.resolve(directory(name), SUCCESS);
    if (!Storage.exists(marker)) {
      throw GraftException.usage(
          "%s has no committed output at %s; run `graft %s` (or `graft run`) first",
          name.key(), directory(name), name.key());
    }
    return StageOutput.read(directory(name));
  }

  /**
   * The seed of everything AUGMENT draws: the spec's seed, combined with the run date of a dated
   * run, so that each night brings new rows.
   */
  public long drawSeed() {
    if (runDate.isEmpty()) {
      return spec.seed();
    }
    return CounterRandom.of(spec.seed(), java.time.LocalDate.parse(runDate).toEpochDay()).bits(0);
  }
}
