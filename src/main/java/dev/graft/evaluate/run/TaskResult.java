package dev.graft.evaluate.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.evaluate.copies.NearestRows.Nearest;
import dev.graft.evaluate.quality.EnsembleFigures;
import dev.graft.evaluate.quality.MissedRows;
import dev.graft.evaluate.quality.QualityFigures;
import dev.graft.evaluate.utility.ArmRun;
import java.util.List;

/**
 * What a task found: an arm, quality, or a copy check.
 *
 * @param task what was done
 * @param arm of an arm
 * @param quality of the metrics
 * @param ensemble of the members of an ensemble, beside the metrics; null for other generators
 * @param missed TEST rows that no accepted row comes near, beside the metrics
 * @param nearest of a copy check
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskResult(
    Task task,
    ArmRun arm,
    QualityFigures quality,
    EnsembleFigures ensemble,
    List<MissedRows> missed,
    Nearest nearest) {
  static TaskResult of(Task task, ArmRun arm) {
    return new TaskResult(task, arm, null, null, null, null);
  }

  static TaskResult of(
      Task task, QualityFigures quality, EnsembleFigures ensemble, List<MissedRows> missed) {
    return new TaskResult(task, null, quality, ensemble, missed, null);
  }

  static TaskResult of(Task task, Nearest nearest) {
    return new TaskResult(task, null, null, null, null, nearest);
  }
}
