package dev.graft.workflow;

import dev.graft.stage.StageName;
import java.util.List;

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
   * @param why the reason to run or to skip, for people
   */
  public record PlannedStage(
      StageName stage,
      String fingerprint,
      String directory,
      boolean committed,
      boolean skipped,
      String why) {}

  /** The planned stage of this name. */
  public PlannedStage stage(StageName name) {
    return stages.stream().filter(planned -> planned.stage() == name).findFirst().orElseThrow();
  }
}
