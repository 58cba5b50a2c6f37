package dev.graft.evaluate.study;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import dev.graft.evaluate.utility.Arm;
import dev.graft.model.ModelDefinition;
import dev.graft.spec.EvaluateSpec.Choose;
import dev.graft.spec.EvaluateSpec.Utility;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.StudyPoint;
import dev.graft.spec.StudySpec;
import dev.graft.stage.StageName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** All tasks of a study with their keys, which are known before anything has run. */
public final class StudyTasks {
  /** To be raised when the same training comes to another result. */
  private static final int VERSION = 1;

  private static final List<StageName> REAL = List.of(StageName.INGEST);
  private static final List<StageName> SYNTHETIC =
      List.of(StageName.INGEST, StageName.TRAIN, StageName.AUGMENT);

  private final PipelineSpec spec;
  private final StudySpec study;
  private final BiFunction<StudyPoint, Double, Map<StageName, String>> fingerprints;

  /**
   * @param spec of the study
   * @param study its study section
   * @param fingerprints of INGEST, TRAIN and AUGMENT at a draw and a ratio
   */
  public StudyTasks(
      PipelineSpec spec,
      StudySpec study,
      BiFunction<StudyPoint, Double, Map<StageName, String>> fingerprints) {
    this.spec = spec;
    this.study = study;
    this.fingerprints = fingerprints;
  }

  /** The tasks, the longest first. */
  public List<StudyTask> all() {
    List<StudyTask> tasks = new ArrayList<>();
    for (int size : study.sizes()) {
      for (int seed = 0; seed < study.seeds(); seed++) {
        StudyPoint point = new StudyPoint(size, seed);
        for (String name : study.arms()) {
          Arm arm = Arm.of(name);
          if (arm.usesSynthetic()) {
            study.ratios().forEach(ratio -> tasks.add(task(point, arm, ratio)));
          } else {
            tasks.add(task(point, arm, null));
          }
        }
      }
    }
    tasks.sort(
        Comparator.comparingLong((StudyTask task) -> -steps(Arm.of(task.arm())))
            .thenComparing(task -> -task.size())
            .thenComparing(StudyTask::seed)
            .thenComparing(task -> Arm.of(task.arm()))
            .thenComparing(task -> task.ratio() == null ? 0 : -task.ratio()));
    return tasks;
  }

  /** Trainings of the learner that a task of this arm makes. */
  public static int trainings(Arm arm, Choose choose) {
    int ratios = arm.mixes() ? Math.max(1, choose.ratio().size()) : 1;
    return Math.max(1, choose.steps().size()) * ratios;
  }

  private long steps(Arm arm) {
    Choose choose = study.choose();
    long usual =
        ModelDefinition.of(spec.evaluate().utility().learner()).training().path("steps").asLong(1);
    long each =
        choose.steps().isEmpty()
            ? usual
            : choose.steps().stream().mapToLong(Integer::longValue).sum();
    return each * (arm.mixes() ? Math.max(1, choose.ratio().size()) : 1);
  }

  private StudyTask task(StudyPoint point, Arm arm, Double ratio) {
    Map<StageName, String> known =
        fingerprints.apply(point, ratio == null ? study.ratios().get(0) : ratio);
    Map<String, String> stages = new TreeMap<>();
    for (StageName stage : arm.usesSynthetic() ? SYNTHETIC : REAL) {
      stages.put(stage.key(), known.get(stage));
    }
    return new StudyTask(
        point.size(), point.seed(), arm.key(), ratio, key(point, arm, stages), stages);
  }

  /** Arms of real rows alone do not depend on the generator. */
  private String key(StudyPoint point, Arm arm, Map<String, String> stages) {
    Utility utility = spec.evaluate().utility();
    Choose choose = study.choose();
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("version", VERSION);
    content.put("arm", arm.key());
    content.put("stages", stages);
    content.put("seed", point.spec(spec, study, 1).seed());
    content.put("learner", ModelDefinition.of(utility.learner()).digest());
    content.put("steps", choose.steps());
    if (arm.mixes()) {
      content.put("mixing", choose.ratio());
    }
    JsonNode classical = utility.classical();
    if (arm.usesClassical() && classical != null) {
      content.put("classical", ModelDefinition.of(classical).digest());
    }
    content.put("modality-options", spec.modalityOptions());
    return Json.digest(content);
  }
}
