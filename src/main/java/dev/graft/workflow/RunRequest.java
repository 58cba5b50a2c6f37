package dev.graft.workflow;

import dev.graft.runner.RunnerProfile;
import dev.graft.spec.LaunchLimits;
import dev.graft.spec.PipelineSpec;
import dev.graft.stage.StageName;
import dev.graft.workflow.notice.NoticeSettings;
import java.util.List;

/**
 * One launch as asked for.
 *
 * @param spec the whole spec
 * @param runDate {@code YYYY-MM-DD}, or empty
 * @param storeDirectory absolute root of the model store
 * @param profile where and how to run
 * @param beamArguments Beam options of the command line
 * @param overwrite whether a published place with another fingerprint may be replaced
 * @param stages the stages to run, in order
 * @param notices who is told of it
 * @param limits what it may take
 */
public record RunRequest(
    PipelineSpec spec,
    String runDate,
    String storeDirectory,
    RunnerProfile profile,
    List<String> beamArguments,
    boolean overwrite,
    List<StageName> stages,
    NoticeSettings notices,
    LaunchLimits limits) {
  public RunRequest {
    beamArguments = List.copyOf(beamArguments);
    stages = List.copyOf(stages);
  }

  /** One that nobody is told of, and without limits. */
  public RunRequest(
      PipelineSpec spec,
      String runDate,
      String storeDirectory,
      RunnerProfile profile,
      List<String> beamArguments,
      boolean overwrite,
      List<StageName> stages) {
    this(
        spec,
        runDate,
        storeDirectory,
        profile,
        beamArguments,
        overwrite,
        stages,
        NoticeSettings.NONE,
        LaunchLimits.NONE);
  }

  /** All five stages. */
  public static List<StageName> allStages() {
    return List.of(StageName.values());
  }
}
