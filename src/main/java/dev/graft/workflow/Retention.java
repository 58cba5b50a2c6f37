package dev.graft.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.evaluate.run.FinishedArms;
import dev.graft.generate.AugmentProgress;
import dev.graft.publish.RunFolder;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.train.MemberTraining;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What may go from the place of one {@code publish.to}: what is younger than an age stays, and so
 * does everything that a published dataset, or a run of the given specs, needs.
 */
final class Retention {
  /** Where things go on their way out. */
  static final String REMOVED = ".removed";

  /** Why a file goes that its writer has not finished. */
  static final String UNFINISHED = "begun by a writer that died";

  private static final String MEMBERS = "members";
  private static final String FINGERPRINT = "[0-9a-f]{16}";

  private final RetentionPolicy policy;
  private final String root;
  private final String work;
  private final List<PruneItem> items = new ArrayList<>();
  private final List<RunFolder> remaining = new ArrayList<>();
  private final List<Path> keptTrainings = new ArrayList<>();

  private Retention(RetentionPolicy policy, String workDirectory) {
    this.policy = policy;
    this.work = workDirectory;
    this.root = Path.of(workDirectory).getParent().toString();
  }

  /**
   * Looks at a place.
   *
   * @param runs contexts of all stages for every run of a given spec
   * @throws GraftException (exit 3) when a published folder does not tell what it needs
   */
  static Retention of(
      RetentionPolicy policy, String workDirectory, List<Map<StageName, StageContext>> runs) {
    Retention retention = new Retention(policy, workDirectory);
    Set<String> needed = new HashSet<>();
    for (Map<StageName, StageContext> run : runs) {
      run.forEach((stage, context) -> needed.add(retention.here(context, context.directory())));
    }
    Path removed = retention.place(REMOVED);
    if (Files.exists(removed)) {
      retention.add(removed, "left over by a prune that was interrupted");
    }
    retention.published(needed);
    List<Path> augmentations = new ArrayList<>();
    for (StageName stage : StageName.values()) {
      for (Path folder : FolderAge.children(retention.place(stage.key()), FINGERPRINT)) {
        if (!needed.contains(folder.toString()) && policy.isOld(folder)) {
          retention.add(folder, "needed by no published or present run");
          continue;
        }
        retention.attempts(folder);
        if (stage == StageName.AUGMENT) {
          augmentations.add(folder);
        } else if (stage == StageName.TRAIN) {
          retention.keptTrainings.add(folder);
        }
      }
    }
    retention.shared(runs, augmentations);
    retention.temporaries();
    return retention;
  }

  /** In the order in which they can go: nothing that stays ever needs what has gone. */
  List<PruneItem> items() {
    return List.copyOf(items);
  }

  /** Digests of the models that what stays here names. */
  Set<String> models() {
    return models(remaining, keptTrainings);
  }

  /** Digests of all the models that anything in a place names. */
  static Set<String> models(Path work) {
    List<Path> trainings =
        new ArrayList<>(FolderAge.children(work.resolve(StageName.TRAIN.key()), FINGERPRINT));
    trainings.addAll(FolderAge.children(work.resolve(MEMBERS), FINGERPRINT));
    return models(RunFolder.published(work.getParent().toString()), trainings);
  }

  private static Set<String> models(List<RunFolder> published, List<Path> trainings) {
    Set<String> digests = new HashSet<>();
    published.forEach(run -> digests.addAll(run.models()));
    for (Path training : trainings) {
      for (Storage.Entry file : Storage.list(training.toString())) {
        if (file.name().endsWith(".json")) {
          JsonNode content = Json.read(Storage.read(file.location()), JsonNode.class);
          digests.addAll(content.findValuesAsText("digest"));
        }
      }
    }
    return digests;
  }

  /** Published folders that go, and what those that stay need. */
  private void published(Set<String> needed) {
    Map<String, List<RunFolder>> kinds = new TreeMap<>();
    for (RunFolder run : RunFolder.published(root)) {
      kinds.computeIfAbsent(run.name().split("=")[0], kind -> new ArrayList<>()).add(run);
    }
    kinds.getOrDefault("run", new ArrayList<>()).sort(policy.byAge());
    for (List<RunFolder> runs : kinds.values()) {
      for (int i = 0; i < runs.size(); i++) {
        RunFolder run = runs.get(i);
        boolean surplus = runs.size() - i > policy.keepRuns();
        String publication = stageFolder(StageName.PUBLISH.key(), run.fingerprint());
        Path folder = Path.of(run.directory());
        if (policy.published()
            && surplus
            && !needed.contains(publication)
            && policy.isOld(folder)) {
          add(folder, "published, and not one of the newest " + policy.keepRuns());
          continue;
        }
        remaining.add(run);
        if (!surplus) {
          run.fingerprints().forEach((stage, print) -> needed.add(stageFolder(stage, print)));
        }
      }
    }
  }

  /** Attempts beside the one that counts. */
  private void attempts(Path folder) {
    Path marker = folder.resolve(StageContext.SUCCESS);
    if (!Files.exists(marker)) {
      return;
    }
    String counts =
        Json.read(Storage.read(marker.toString()), JsonNode.class).path("attempt").asText();
    if (!Files.isDirectory(folder.resolve("attempt-" + counts))) {
      return;
    }
    for (Path attempt : FolderAge.children(folder, "attempt-[0-9a-z]+")) {
      if (!attempt.endsWith("attempt-" + counts) && policy.isOld(attempt)) {
        add(attempt, "an unfinished attempt; another was committed");
      }
    }
  }

  /** What attempts and runs share: members, candidates, references and arms. */
  private void shared(List<Map<StageName, StageContext>> runs, List<Path> augmentations) {
    Set<String> needed = new HashSet<>();
    for (Path augmentation : augmentations) {
      for (Storage.Entry file : Storage.list(augmentation.toString())) {
        if (file.name().equals("candidates.json")) {
          JsonNode files = Json.read(Storage.read(file.location()), JsonNode.class).path("files");
          files.forEach(one -> needed.add(place(one.path("file").asText()).getParent().toString()));
        }
      }
    }
    boolean allKnown = true;
    for (Map<StageName, StageContext> run : runs) {
      StageContext evaluate = run.get(StageName.EVALUATE);
      needed.add(here(evaluate, FinishedArms.of(evaluate).directory()));
      StageContext train = run.get(StageName.TRAIN);
      MemberTraining.folders(train).forEach(folder -> needed.add(here(train, folder)));
      StageContext augment = run.get(StageName.AUGMENT);
      if (isCommitted(run.get(StageName.INGEST)) && isCommitted(run.get(StageName.TRAIN))) {
        AugmentProgress progress = AugmentProgress.of(augment, new CommittedInputs());
        needed.add(here(augment, progress.candidates()));
        needed.add(here(augment, progress.references()));
      } else {
        allKnown = false; // its models decide which candidates it can use
      }
    }
    stale(MEMBERS, FINGERPRINT, needed);
    stale("arms", FINGERPRINT, needed);
    for (Path member : FolderAge.children(place(MEMBERS), FINGERPRINT)) {
      if (items.stream().noneMatch(item -> item.location().equals(member.toString()))) {
        keptTrainings.add(member);
      }
    }
    if (allKnown) {
      stale("candidates", "[0-9a-f]{32}", needed);
      stale("references", "[0-9a-f]{32}[.]bin", needed);
    }
  }

  private void stale(String kind, String name, Set<String> needed) {
    for (Path one : FolderAge.children(place(kind), name)) {
      if (!needed.contains(one.toString()) && policy.isOld(one)) {
        add(one, kind + " that no published or present run needs");
      }
    }
  }

  /** Files of dead writers, in folders that stay. */
  private void temporaries() {
    for (Storage.Entry file : Storage.temporaries(work)) {
      Path path = Path.of(file.location());
      if (items.stream().noneMatch(item -> path.startsWith(item.location()))
          && policy.isOld(path)) {
        add(path, UNFINISHED);
      }
    }
  }

  private static boolean isCommitted(StageContext context) {
    return Storage.exists(Storage.resolve(context.directory(), StageContext.SUCCESS));
  }

  private void add(Path what, String why) {
    items.add(new PruneItem(work, what.toString(), FolderAge.bytes(what), why));
  }

  /** A location of a context, by this place's own path. */
  private String here(StageContext context, String location) {
    return place(Storage.relative(context.workDirectory(), location)).toString();
  }

  private Path place(String relative) {
    return Path.of(work, relative);
  }

  private String stageFolder(String stage, String fingerprint) {
    return place(stage + "/" + fingerprint.substring(0, 16)).toString();
  }
}
