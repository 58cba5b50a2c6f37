package dev.graft.evaluate.study;

import dev.graft.data.io.Storage;
import dev.graft.data.json.SealedJson;
import dev.graft.evaluate.utility.ArmRun;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.StudyPoint;
import java.util.Optional;

/**
 * What came of a task, kept in {@code <work>/study/trainings/<key>.json} for every later launch.
 *
 * @param run the chosen training
 * @param testDigest of the TEST rows that it read
 * @param testRows how many
 */
public record StudyTraining(ArmRun run, String testDigest, int testRows) {
  /**
   * The result of a task, if it was done before.
   *
   * @param spec of the study
   */
  public static Optional<StudyTraining> find(PipelineSpec spec, StudyTask task) {
    return SealedJson.find(file(spec, task), StudyTraining.class);
  }

  void keep(PipelineSpec spec, StudyTask task) {
    Storage.writeText(file(spec, task), SealedJson.text(this));
  }

  private static String file(PipelineSpec spec, StudyTask task) {
    return Storage.resolve(StudyPoint.place(spec), "trainings/" + task.key() + ".json");
  }
}
