package dev.graft.cli;

import dev.graft.evaluate.study.StudyTask;
import dev.graft.evaluate.study.StudyTasks;
import dev.graft.evaluate.utility.Arm;
import dev.graft.model.ModelDefinition;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.spec.ModelsSpec.ModelRef;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.StudySpec;
import dev.graft.stage.StageName;
import dev.graft.workflow.study.StudyPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How much a study has to do.
 *
 * @param reads draws of the source to read
 * @param generators to train, each with a judge
 * @param augments sets of synthetic rows to draw
 * @param runs learner tasks to do by arm; a task trains with every choice
 * @param trainings of the learner in all of them
 * @param kept tasks that are done
 * @param generator its definition and steps, in words
 * @param judge likewise
 */
record StudyForecast(
    long reads,
    long generators,
    long augments,
    Map<String, Integer> runs,
    long trainings,
    int kept,
    String generator,
    String judge) {

  static StudyForecast of(PipelineSpec spec, StudySpec study, StudyPlan plan) {
    Map<String, Integer> runs = new LinkedHashMap<>();
    study.arms().forEach(arm -> runs.put(arm, 0));
    long trainings = 0;
    for (StudyTask task : plan.left()) {
      runs.merge(task.arm(), 1, Integer::sum);
      trainings += StudyTasks.trainings(Arm.of(task.arm()), study.choose());
    }
    return new StudyForecast(
        plan.missing(StageName.INGEST),
        plan.missing(StageName.TRAIN),
        plan.missing(StageName.AUGMENT),
        runs,
        trainings,
        plan.kept().size(),
        words(spec.models().generator()),
        words(spec.models().judge()));
  }

  private static String words(ModelRef model) {
    ModelDefinition definition = ModelDefinition.of(((Define) model).definition());
    long steps = definition.training().path("steps").asLong();
    return definition.name()
        + (steps > 0 ? String.format(Locale.ROOT, ", %,d steps each", steps) : "");
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    int left = runs.values().stream().mapToInt(Integer::intValue).sum();
    if (left == 0) {
      lines.add(String.format(Locale.ROOT, "to do      nothing: all %,d runs are done", kept));
      return lines;
    }
    lines.add(String.format(Locale.ROOT, "to do      %,d subsets to read", reads));
    lines.add(
        String.format(
            Locale.ROOT, "           %,d generators to train (%s)", generators, generator));
    lines.add(String.format(Locale.ROOT, "           %,d judges to train (%s)", generators, judge));
    lines.add(
        String.format(Locale.ROOT, "           %,d sets of synthetic rows to draw", augments));
    List<String> arms = new ArrayList<>();
    runs.forEach((arm, count) -> arms.add(arm + " " + count));
    lines.add(
        String.format(
            Locale.ROOT,
            "           %,d learner runs (%s), %,d trainings with every choice",
            left,
            String.join(", ", arms),
            trainings));
    if (kept > 0) {
      lines.add(String.format(Locale.ROOT, "done       %,d learner runs", kept));
    }
    return lines;
  }
}
