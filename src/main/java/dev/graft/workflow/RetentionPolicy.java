package dev.graft.workflow;

import dev.graft.publish.RunFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * What is to be kept although nothing needs it.
 *
 * @param keepRuns the stage folders of so many newest dates, and of so many newest undated runs,
 *     that are published in a place stay
 * @param before what was written to since then stays
 * @param published whether published datasets may go too, as far as {@code keepRuns} and {@code
 *     before} allow
 */
public record RetentionPolicy(int keepRuns, Instant before, boolean published) {
  /** Keeps the stage folders of every published run. */
  public static final int ALL_RUNS = Integer.MAX_VALUE;

  /** Keeps what was written to in the last so many days. */
  public static RetentionPolicy of(int keepRuns, int days, boolean published) {
    return new RetentionPolicy(keepRuns, Instant.now().minus(Duration.ofDays(days)), published);
  }

  boolean isOld(Path fileOrFolder) {
    return !FolderAge.lastWritten(fileOrFolder).isAfter(before);
  }

  /** The longest unchanged first. */
  Comparator<RunFolder> byAge() {
    return Comparator.comparing(run -> FolderAge.lastWritten(Path.of(run.directory())));
  }
}
