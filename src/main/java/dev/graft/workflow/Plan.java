package dev.graft.workflow;

import dev.graft.stage.StageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run would do.
 *
 * @param stages in order
 */
public record Plan(List<PlannedStage> stages) {
  public Plan {
    stages = List.copyOf(stages);
  }

  /**
   * One stage of the plan.
   *
   * @param stage the stage
   * @param fingerprint 64 hexadecimal digits
   * @param directory its folder
   * @param committed whether its output is there
   * @param skipped whether a run passes over it: it is committed, or the dataset is published
   * @param job number of the job that runs it, from 1, the same for stages that are launched
   *     together; 0 when skipped
   * @param why the reason to run or to skip, for people
   */
  public record PlannedStage(
      StageName stage,
      String fingerprint,
      String directory,
      boolean committed,
      boolean skipped,
      int job,
      String why) {}

  /** The stages of each job that runs several. */
  public List<List<StageName>> together() {
    Map<Integer, List<StageName>> jobs = new TreeMap<>();
    stages.stream()
        .filter(stage -> stage.job() > 0)
        .forEach(
            stage ->
                jobs.computeIfAbsent(stage.job(), job -> new ArrayList<>()).add(stage.stage()));
    return jobs.values().stream().filter(names -> names.size() > 1).toList();
  }

  /** The planned stage of this name. */
  public PlannedStage stage(StageName name) {
    return stages.stream().filter(planned -> planned.stage() == name).findFirst().orElseThrow();
  }
}
