package dev.graft.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.evaluate.run.FinishedArms;
import dev.graft.generate.AugmentProgress;
import dev.graft.publish.RunFolder;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import dev.graft.train.TrainProgress;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a run stands, told by its files: nothing is started, opened for writing or changed.
 *
 * @param atWork whether a launch holds the place right now; false on object stores, where none is
 *     held
 * @param stages in order
 * @param end what the run has left in its place, if it has come to its end
 */
public record RunStatus(boolean atWork, List<StageStatus> stages, Optional<RunFolder> end) {

  /** How far a stage is. */
  public enum State {
    COMMITTED,
    BEGUN,
    NEVER_BEGUN
  }

  /**
   * One stage.
   *
   * @param fingerprint 64 hexadecimal digits
   * @param directory its folder
   * @param attempts launches so far
   * @param begun ISO instant of the committed or else the newest attempt; empty when not recorded
   * @param ended ISO instant; empty when not recorded or not yet
   * @param summary its figures when committed
   * @param progress of a stage that is not committed, by what is counted; other runs' work that it
   *     will find counts too
   * @param error how the newest attempt failed; empty when it did not, or was committed after
   * @param counters what the committed attempt's job has counted; a retried launch of work that was
   *     done before counts only what was left
   */
  public record StageStatus(
      StageName stage,
      State state,
      String fingerprint,
      String directory,
      int attempts,
      String begun,
      String ended,
      JsonNode summary,
      Map<String, String> progress,
      String error,
      Map<String, Long> counters) {}

  /** An attempt's folder and what is noted there. */
  private record Attempt(String id, LaunchNote note, String error) {}

  /**
   * Looks at the files of a run.
   *
   * @throws GraftException when the source of the spec cannot be listed
   */
  public static RunStatus of(Workflow workflow, RunRequest request) {
    List<StageStatus> stages = new ArrayList<>();
    Map<StageName, StageContext> contexts = workflow.contexts(request);
    contexts.values().forEach(context -> stages.add(stage(context, workflow.committed(context))));
    return new RunStatus(
        RunLock.isHeld(Workflow.workDirectory(request)),
        List.copyOf(stages),
        RunFolder.of(contexts.get(StageName.PUBLISH)));
  }

  private static StageStatus stage(StageContext context, Optional<StageOutput> output) {
    List<Attempt> attempts = attempts(context.directory());
    Optional<Attempt> shown =
        output.isPresent()
            ? attempts.stream()
                .filter(attempt -> attempt.id().equals(output.get().attempt()))
                .findFirst()
            : attempts.stream().reduce((earlier, later) -> later);
    Map<String, String> progress = output.isPresent() ? Map.of() : progress(context);
    State state = attempts.isEmpty() ? State.NEVER_BEGUN : State.BEGUN;
    return new StageStatus(
        context.stage(),
        output.isPresent() ? State.COMMITTED : state,
        context.fingerprint(context.stage()),
        context.directory(),
        attempts.size(),
        shown.map(attempt -> attempt.note().begun()).orElse(""),
        shown.map(attempt -> attempt.note().ended()).orElse(""),
        output.map(StageOutput::summary).orElse(MissingNode.getInstance()),
        progress,
        output.isPresent() ? "" : error(context, shown),
        shown.map(attempt -> attempt.note().counters()).orElse(Map.of()));
  }

  private static String error(StageContext context, Optional<Attempt> newest) {
    return Storage.exists(Storage.resolve(context.directory(), StageContext.SUCCESS))
        ? Workflow.NOT_WHOLE
        : newest.map(Attempt::error).orElse("");
  }

  /** In the order of their beginnings; those without a note first. */
  private static List<Attempt> attempts(String stageDirectory) {
    Map<String, Attempt> attempts = new TreeMap<>();
    for (Storage.Entry file : Storage.list(stageDirectory)) {
      String first = Storage.relative(stageDirectory, file.location()).split("/")[0];
      if (first.startsWith("attempt-")) {
        attempts.computeIfAbsent(first, name -> attempt(Storage.resolve(stageDirectory, name)));
      }
    }
    return attempts.values().stream()
        .sorted(Comparator.comparing(attempt -> attempt.note().begun()))
        .toList();
  }

  private static Attempt attempt(String directory) {
    LaunchNote note = LaunchNote.read(directory).orElseGet(LaunchNote::none);
    String error =
        Outcome.readIn(directory)
            .filter(outcome -> outcome.code() != 0)
            .map(Outcome::reason)
            .orElse(note.reason());
    return new Attempt(directory.substring(directory.lastIndexOf('-') + 1), note, error);
  }

  private static Map<String, String> progress(StageContext context) {
    try {
      return switch (context.stage()) {
        case TRAIN -> TrainProgress.of(context);
        case AUGMENT -> ranges(AugmentProgress.of(context, new CommittedInputs()));
        case EVALUATE -> arms(Storage.list(FinishedArms.of(context).directory()).size());
        default -> Map.of();
      };
    } catch (GraftException | UncheckedIOException e) {
      return Map.of(); // what it reads is not there yet
    }
  }

  private static Map<String, String> ranges(AugmentProgress progress) {
    return progress.finishedRanges() == 0
        ? Map.of()
        : Map.of("ranges", progress.finishedRanges() + " of " + progress.ranges());
  }

  private static Map<String, String> arms(int finished) {
    return finished == 0 ? Map.of() : Map.of("trained-arms", Integer.toString(finished));
  }
}
