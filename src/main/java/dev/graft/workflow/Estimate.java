package dev.graft.workflow;

import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a stage may take, told by the newest committed run of the same stage in the same place,
 * whatever its spec was: a rough guide. Time and bytes of AUGMENT go with its candidates.
 *
 * @param stage the stage
 * @param seconds 0 for a stage that is skipped; -1 when nothing tells
 * @param bytes to be written; 0 for a stage that is skipped; -1 when nothing tells
 */
public record Estimate(StageName stage, double seconds, long bytes) {

  /**
   * Of every stage of a plan.
   *
   * @param candidates of the first round of AUGMENT; 0 when not known
   */
  public static List<Estimate> of(Plan plan, long candidates) {
    return plan.stages().stream().map(stage -> of(stage, candidates)).toList();
  }

  /** Whether anything tells. */
  public boolean known() {
    return seconds >= 0;
  }

  private static Estimate of(Plan.PlannedStage planned, long candidates) {
    if (planned.skipped()) {
      return new Estimate(planned.stage(), 0, 0);
    }
    Optional<LaunchNote> example =
        Storage.isLocal(planned.directory())
            ? newest(Path.of(planned.directory()).getParent())
            : Optional.empty();
    return example
        .map(note -> like(planned.stage(), note, candidates))
        .orElse(new Estimate(planned.stage(), -1, -1));
  }

  private static Estimate like(StageName stage, LaunchNote note, long candidates) {
    long generated = note.counters().getOrDefault("generated", 0L);
    boolean scaled = stage == StageName.AUGMENT && generated > 0 && candidates > 0;
    double factor = scaled ? (double) candidates / generated : 1;
    return new Estimate(
        stage,
        seconds(note) * factor,
        Math.round(note.counters().getOrDefault("bytes-written", 0L) * factor));
  }

  private static double seconds(LaunchNote note) {
    return Duration.between(Instant.parse(note.begun()), Instant.parse(note.ended())).toSeconds();
  }

  private static Optional<LaunchNote> newest(Path stage) {
    return FolderAge.children(stage, "[0-9a-f]{16}").stream()
        .flatMap(folder -> committed(folder.toString()).stream())
        .filter(note -> !note.ended().isEmpty())
        .max(Comparator.comparing(LaunchNote::ended));
  }

  private static Optional<LaunchNote> committed(String directory) {
    String marker = Storage.resolve(directory, StageContext.SUCCESS);
    if (!Storage.exists(marker)) {
      return Optional.empty();
    }
    try {
      StageOutput output = Json.read(Storage.read(marker), StageOutput.class).in(directory);
      return LaunchNote.read(output.directory());
    } catch (UncheckedIOException e) {
      return Optional.empty(); // damaged: plan says so of the stage itself
    }
  }
}
