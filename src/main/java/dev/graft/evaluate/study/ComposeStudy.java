package dev.graft.evaluate.study;

import dev.graft.data.io.Storage;
import dev.graft.evaluate.CodeVersions;
import dev.graft.evaluate.TestReads;
import dev.graft.evaluate.TestReads.Reads;
import dev.graft.evaluate.utility.ArmRun;
import dev.graft.model.ModelDefinition;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.StudySpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the results of all tasks together, and enters that they have read test rows. */
final class ComposeStudy {
  private final PipelineSpec spec;
  private final StudySpec study;

  ComposeStudy(PipelineSpec spec, StudySpec study) {
    this.spec = spec;
    this.study = study;
  }

  /**
   * @param classes names in id order
   * @param results of every task
   */
  StudyFigures compose(List<String> classes, Map<StudyTask, StudyTraining> results) {
    ModelDefinition learner = ModelDefinition.of(spec.evaluate().utility().learner());
    return new StudyFigures(
        spec.name(),
        study,
        classes,
        learner.name(),
        learner.digest(),
        ModelDefinition.of(((Define) spec.models().generator()).definition()).name(),
        protocol(),
        CodeVersions.all(),
        study.sizes().stream().map(size -> size(size, results)).toList(),
        readings(results));
  }

  private SizeFigures size(int size, Map<StudyTask, StudyTraining> results) {
    Map<StudyTask, ArmRun> runs = new LinkedHashMap<>();
    results.forEach(
        (task, training) -> {
          if (task.size() == size) {
            runs.put(task, training.run());
          }
        });
    return new CompareArms(study).at(size, runs);
  }

  /** By test part: one where there is an official test set, else one of each draw. */
  private List<Reads> readings(Map<StudyTask, StudyTraining> results) {
    Map<String, List<String>> keys = new TreeMap<>();
    Map<String, Integer> rows = new TreeMap<>();
    results.forEach(
        (task, training) -> {
          if (training.run().isDone()) {
            keys.computeIfAbsent(training.testDigest(), digest -> new ArrayList<>())
                .add(task.key());
            rows.put(training.testDigest(), training.testRows());
          }
        });
    String work = Storage.resolve(spec.publish().to(), ".graft");
    return keys.entrySet().stream()
        .map(
            entry ->
                TestReads.enterAll(
                    work,
                    entry.getKey(),
                    rows.get(entry.getKey()),
                    entry.getValue().stream().sorted().toList()))
        .toList();
  }

  private List<String> protocol() {
    List<String> protocol = new ArrayList<>();
    protocol.add(
        "A size is so many real rows of each class and all there is: generator, judge, thresholds,"
            + " learner and every choice have these rows alone. "
            + (spec.source().hasOfficialTest()
                ? "The official test set is whole and no part of it."
                : "The test rows are a part of it too, so they are few: an official test set"
                    + " (source.test) would tell more.")
            + " What a definition brings along (a model from a file, a service, a pretrained"
            + " encoder) has learnt from rows of others.");
    protocol.add(
        "A seed draws the subset anew and trains generator, judge and learner anew. Draws of equal"
            + " number share their seed over sizes and arms, so differences are paired by it.");
    protocol.add(
        "A ratio is synthetic rows to publish for each real train row, after selection by the spec's"
            + " rules."
            + (spec.augment().softLabels()
                ? " Each has the judge's probabilities of all classes as its label (soft labels),"
                    + " and the learner learns those."
                : ""));
    protocol.add(
        "Every training chooses steps and mixing on its own real tune rows; the chosen one alone is"
            + " tested. Classical augmentation is drawn anew for every batch, in the arms classical"
            + " and both.");
    protocol.add(
        "Arm and ratio are chosen by their mean accuracy on tune rows over seeds; of equals the one"
            + " with fewer synthetic rows. Test rows choose nothing; figures on test of what was not"
            + " chosen are there to be read.");
    protocol.add(
        "Intervals are Student's, 95 %, of the mean over seeds. \"Beats\" means that the lower end of"
            + " the paired difference is above zero.");
    protocol.add("Every training that reads test rows is counted in test-reads.json.");
    return protocol;
  }
}
