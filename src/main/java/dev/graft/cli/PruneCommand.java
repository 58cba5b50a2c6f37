package dev.graft.cli;

import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.runner.RunnerProfile;
import dev.graft.workflow.PruneItem;
import dev.graft.workflow.Pruning;
import dev.graft.workflow.RetentionPolicy;
import dev.graft.workflow.RunRequest;
import dev.graft.workflow.Stages;
import dev.graft.workflow.Workflow;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graft prune}. */
@Command(
    name = "prune",
    header = "List, or remove with --delete, what no run needs any more.",
    description = {
      "Looks into the .graft folders of the places that the specs publish to. Unfinished attempts of"
          + " committed stages go, unfinished files, and stage folders, candidates, references and finished trainings"
          + " that neither a published dataset nor a run of these specs, as they are now, needs.",
      "Name every spec that publishes to the same place and, for dated specs, the newest --run-date."
          + " Published datasets stay unless --published is given. Local disks only."
    })
final class PruneCommand implements Callable<Integer> {
  private static final int DAYS = 7;

  private final Surroundings surroundings;

  @Parameters(
      arity = "1..*",
      paramLabel = "SPEC",
      description = "Pipeline specs whose runs are needed.")
  private List<Path> files;

  @Option(
      names = "--run-date",
      paramLabel = "YYYY-MM-DD",
      description =
          "Keep what a run of this date needs, in place of an undated one. Can be repeated.")
  private List<String> runDates = List.of();

  @Option(
      names = "--keep-runs",
      paramLabel = "N",
      description =
          "Keep the stage folders of the N newest published dates and of the N newest undated runs"
              + " (default: of all).")
  private Integer keepRuns;

  @Option(
      names = "--older-than",
      paramLabel = "DAYS",
      description = "Keep whatever was written to in the last DAYS days (default: 7).")
  private Integer olderThan;

  @Option(
      names = "--store",
      description =
          "Model versions too that nothing names: no remaining run of these specs, and no dataset"
              + " and no training in any other place that uses the store. Numbers of removed"
              + " versions are never given to others.")
  private boolean store;

  @Option(
      names = "--published",
      description = "Published datasets too; only with both --keep-runs and --older-than.")
  private boolean published;

  @Option(names = "--delete", description = "Remove it; without this nothing is touched.")
  private boolean delete;

  @Mixin private DirectoryOption directory;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  PruneCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Pruning pruning = new Pruning(new Workflow(Stages.all()), policy(), store);
    List<RunRequest> requests = requests();
    List<PruneItem> items = delete ? pruning.delete(requests) : pruning.find(requests);
    PrintWriter out = spec.commandLine().getOut();
    long bytes = items.stream().mapToLong(PruneItem::bytes).sum();
    if (output.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("deleted", delete);
      document.put("bytes", bytes);
      document.put("items", items);
      out.print(Json.pretty(document));
    } else {
      items.forEach(
          item -> out.printf("%,15d  %s  (%s)%n", item.bytes(), item.location(), item.why()));
      out.printf("%,15d  bytes in %d places ", bytes, items.size());
      out.println(delete ? "removed" : "would go; --delete removes them");
    }
    out.flush();
    return 0;
  }

  private RetentionPolicy policy() {
    if (published && (keepRuns == null || olderThan == null)) {
      throw GraftException.usage(
          "--published removes datasets; say which with both --keep-runs N and --older-than DAYS");
    }
    if (keepRuns != null && keepRuns < 0 || olderThan != null && olderThan < 0) {
      throw GraftException.usage("--keep-runs and --older-than are numbers from 0 on");
    }
    return RetentionPolicy.of(
        keepRuns == null ? RetentionPolicy.ALL_RUNS : keepRuns,
        olderThan == null ? DAYS : olderThan,
        published);
  }

  private List<RunRequest> requests() {
    Set<String> dates = new LinkedHashSet<>();
    runDates.forEach(date -> dates.add(SpecOptions.date(date)));
    if (dates.isEmpty()) {
      dates.add("");
    }
    return files.stream().flatMap(file -> dates.stream().map(date -> request(file, date))).toList();
  }

  private RunRequest request(Path file, String date) {
    return new RunRequest(
        SpecOptions.read(file, directory, List.of(), date, surroundings).spec(),
        date,
        directory.store(surroundings),
        RunnerProfile.bare("DirectRunner"),
        List.of(),
        false,
        RunRequest.allStages());
  }
}
