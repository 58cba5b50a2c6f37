package dev.graft.evaluate.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.evaluate.copies.NearestRows.Nearest;
import dev.graft.evaluate.quality.QualityFigures;
import dev.graft.evaluate.utility.ArmRun;

/**
 * What a task found; one of the three is there.
 *
 * @param task what was done
 * @param arm of an arm
 * @param quality of the metrics
 * @param nearest of a copy check
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskResult(Task task, ArmRun arm, QualityFigures quality, Nearest nearest) {
  static TaskResult of(Task task, ArmRun arm) {
    return new TaskResult(task, arm, null, null);
  }

  static TaskResult of(Task task, QualityFigures quality) {
    return new TaskResult(task, null, quality, null);
  }

  static TaskResult of(Task task, Nearest nearest) {
    return new TaskResult(task, null, null, nearest);
  }
}
