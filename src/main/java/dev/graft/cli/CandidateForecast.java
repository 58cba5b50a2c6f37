package dev.graft.cli;

import dev.graft.data.Part;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.generate.GenerationPlan;
import dev.graft.generate.GenerationPlan.ClassPlan;
import dev.graft.ingest.DatasetStatistics;
import dev.graft.ingest.DatasetStatistics.ClassRows;
import dev.graft.spec.AugmentSpec.SyntheticPerClass;
import dev.graft.spec.PipelineSpec;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import dev.graft.workflow.Plan;
import dev.graft.workflow.Plan.PlannedStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many candidates a run would draw of each class: exact once INGEST has counted the real rows;
 * before that only where the target does not depend on them.
 *
 * @param classes in class order; empty when not known yet
 * @param note why it is not known; empty when it is
 */
record CandidateForecast(List<ClassForecast> classes, String note) {
  /**
   * @param name of the class
   * @param real train rows; -1 when not counted yet
   * @param wanted accepted rows to reach
   * @param firstRound candidates of the first round
   * @param cap most candidates over all rounds
   */
  record ClassForecast(String name, long real, long wanted, long firstRound, long cap) {}

  static CandidateForecast of(PipelineSpec spec, Plan plan) {
    if (spec.augment().where() != null) {
      return new CandidateForecast(
          List.of(), "candidates per class are known once the judge has been trained");
    }
    for (PlannedStage stage : plan.stages()) {
      if (stage.stage() == StageName.INGEST && stage.committed()) {
        return counted(spec, stage.directory());
      }
    }
    boolean declared =
        spec.augment().target() instanceof SyntheticPerClass
            && !spec.source().classes().isEmpty()
            && !spec.source().severalLabels()
            && spec.augment().minRows() == 0;
    if (!declared) {
      return new CandidateForecast(
          List.of(), "candidates per class are known once ingest has counted the real rows");
    }
    Map<Integer, Long> none = new TreeMap<>();
    for (int label = 0; label < spec.source().classes().size(); label++) {
      none.put(label, 0L);
    }
    List<String> names = spec.source().classes();
    return of(GenerationPlan.of(spec.augment(), none, names), names, false);
  }

  private static CandidateForecast counted(PipelineSpec spec, String directory) {
    StageOutput output = StageOutput.read(directory);
    DatasetStatistics statistics =
        Json.read(Storage.read(output.file("statistics.json")), DatasetStatistics.class);
    Map<Integer, Long> rows = new TreeMap<>();
    List<String> names = new ArrayList<>();
    for (ClassRows one : statistics.parts().get(Part.TRAIN.key())) {
      rows.put(names.size(), one.realRows());
      names.add(one.name());
    }
    return of(GenerationPlan.of(spec.augment(), rows, names), names, true);
  }

  private static CandidateForecast of(
      GenerationPlan generation, List<String> names, boolean counted) {
    List<ClassForecast> classes = new ArrayList<>();
    for (ClassPlan one : generation.classes()) {
      classes.add(
          new ClassForecast(
              one.label() < 0 ? "" : names.get(one.label()),
              counted ? one.realRows() : -1,
              one.wanted(),
              one.firstRound(),
              one.cap()));
    }
    return new CandidateForecast(classes, "");
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    if (classes.isEmpty()) {
      lines.add(note);
      return lines;
    }
    lines.add(
        "%-20s %10s %10s %12s %12s".formatted("class", "real", "wanted", "candidates", "at most"));
    for (ClassForecast one : classes) {
      lines.add(
          "%-20s %10s %,10d %,12d %,12d"
              .formatted(
                  one.name(),
                  one.real() < 0 ? "?" : "%,d".formatted(one.real()),
                  one.wanted(),
                  one.firstRound(),
                  one.cap()));
    }
    lines.add(
        "%-20s %10s %,10d %,12d %,12d"
            .formatted(
                "all",
                "",
                classes.stream().mapToLong(ClassForecast::wanted).sum(),
                classes.stream().mapToLong(ClassForecast::firstRound).sum(),
                classes.stream().mapToLong(ClassForecast::cap).sum()));
    return lines;
  }
}
