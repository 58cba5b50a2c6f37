package dev.graft.workflow;

import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.stage.Outcome;
import dev.graft.stage.Visibility;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the launcher knows of an attempt, {@code launch.json} in its folder. Its beginning is also
 * the sign by which workers know that they see the launcher's files.
 *
 * @param begun ISO instant
 * @param ended ISO instant; empty while it runs, and for ever when the launcher was killed
 * @param code a {@link dev.graft.data.ExitCode#code()}; 0 while it runs
 * @param reason of a failure; else empty
 * @param counters what the job has counted, by name; empty while it runs and when it failed
 */
record LaunchNote(String begun, String ended, int code, String reason, Map<String, Long> counters) {
  private static final Logger LOG = LoggerFactory.getLogger(LaunchNote.class);
  private static final String FILE = Visibility.WITNESS;

  LaunchNote {
    counters = counters == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(counters));
  }

  /** Of an attempt whose launcher has left no word. */
  static LaunchNote none() {
    return new LaunchNote("", "", 0, "", Map.of());
  }

  static LaunchNote begin() {
    return new LaunchNote(now(), "", 0, "", Map.of());
  }

  LaunchNote end(Outcome outcome) {
    return new LaunchNote(begun, now(), outcome.code(), outcome.reason(), counters);
  }

  LaunchNote counted(Map<String, Long> what) {
    return new LaunchNote(begun, ended, code, reason, what);
  }

  static Optional<LaunchNote> read(String attemptDirectory) {
    String file = Storage.resolve(attemptDirectory, FILE);
    return Storage.exists(file)
        ? Optional.of(Json.read(Storage.read(file), LaunchNote.class))
        : Optional.empty();
  }

  /**
   * @throws UncheckedIOException when the folder cannot be written to
   */
  void write(String attemptDirectory) {
    Storage.writeText(Storage.resolve(attemptDirectory, FILE), Json.pretty(this));
  }

  /** As {@link #write}, where nothing but what people are told depends on it. */
  void tryToWrite(String attemptDirectory) {
    try {
      write(attemptDirectory);
    } catch (UncheckedIOException e) {
      LOG.debug("cannot note the launch in {}", attemptDirectory, e);
    }
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
