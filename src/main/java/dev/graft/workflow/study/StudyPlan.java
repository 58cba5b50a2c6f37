package dev.graft.workflow.study;

import dev.graft.evaluate.study.StudyTask;
import dev.graft.spec.StudyPoint;
import dev.graft.stage.StageName;
import java.util.List;
import java.util.Set;

/**
 * What a study would do.
 *
 * @param tasks all learner tasks, the longest first
 * @param kept keys of those that are done
 * @param launches what has to run before the others, in order
 */
public record StudyPlan(List<StudyTask> tasks, Set<String> kept, List<Launch> launches) {
  public StudyPlan {
    tasks = List.copyOf(tasks);
    kept = Set.copyOf(kept);
    launches = List.copyOf(launches);
  }

  /**
   * Stages of a draw that learners wait for.
   *
   * @param stages those that are asked for
   * @param missing those of them that are not committed yet
   */
  public record Launch(
      StudyPoint point, double ratio, List<StageName> stages, List<StageName> missing) {
    public Launch {
      stages = List.copyOf(stages);
      missing = List.copyOf(missing);
    }
  }

  /** Tasks that are not done. */
  public List<StudyTask> left() {
    return tasks.stream().filter(task -> !kept.contains(task.key())).toList();
  }

  /** How often a stage of a draw has to run. */
  public long missing(StageName stage) {
    return launches.stream().filter(launch -> launch.missing().contains(stage)).count();
  }
}
