package dev.graft.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.spec.EvaluateSpec.Choose;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.spec.ModelsSpec.ModelRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code study}. */
final class StudySection {
  private static final String STUDY = "/study";
  private static final double MOST = 1000;
  private static final Set<String> REAL = Set.of("real", "classical");
  private static final Set<String> MIXED = Set.of("generated", "both");

  private final SpecReading reading;

  StudySection(SpecReading reading) {
    this.reading = reading;
  }

  /**
   * @param models of the spec
   * @param evaluate null when it could not be read
   */
  Optional<StudySpec> read(ModelsSpec models, EvaluateSpec evaluate) {
    if (!reading.sound(STUDY)) {
      return Optional.empty();
    }
    List<Integer> sizes = new ArrayList<>();
    reading.at(STUDY + "/sizes").forEach(size -> sizes.add(size.intValue()));
    if (reading.has("/split/by")) {
      reading.problem(
          STUDY + "/sizes",
          "study draws single rows and split.by keeps groups whole; remove one of them");
    }
    onlyTrainedHere("/model", models.generator());
    onlyTrainedHere("/judge", models.judge());
    Choose own = EvaluateSection.choose(reading, STUDY + "/choose");
    Choose usual = evaluate == null ? null : evaluate.utility().choose();
    return Optional.of(
        new StudySpec(
            sizes.stream().sorted().toList(),
            ratios(),
            reading.at(STUDY + "/seeds").intValue(),
            arms(),
            own != null ? own : usual != null ? usual : new Choose(List.of(), List.of())));
  }

  private List<Double> ratios() {
    List<Double> ratios = new ArrayList<>();
    for (JsonNode value : reading.at(STUDY + "/ratios")) {
      String pointer = STUDY + "/ratios/" + ratios.size();
      double ratio = SpecReading.factor(value);
      if (ratio <= 0 || ratio > MOST) {
        reading.problem(
            pointer, "study.ratios: %s; must be above 0 and at most 1000, such as 2x", value);
      } else if (ratios.contains(ratio)) {
        reading.problem(pointer, "the ratio %s is there twice", value.asText());
      }
      ratios.add(ratio);
    }
    return ratios.stream().sorted().toList();
  }

  private List<String> arms() {
    List<String> arms = new ArrayList<>();
    for (JsonNode arm : reading.at(STUDY + "/arms")) {
      reading.known(
          STUDY + "/arms/" + arms.size(), "arm", arm.textValue(), reading.vocabulary().arms());
      arms.add(arm.textValue());
    }
    if (arms.stream().noneMatch(REAL::contains) || arms.stream().noneMatch(MIXED::contains)) {
      reading.problem(
          reading.has(STUDY + "/arms") ? STUDY + "/arms" : STUDY,
          "study.arms has %s; a study holds one of generated and both against one of real and"
              + " classical",
          arms);
    }
    return arms;
  }

  /** What is stored may have learnt from rows that the budget of a study leaves out. */
  private void onlyTrainedHere(String pointer, ModelRef model) {
    boolean stored =
        model instanceof ModelsSpec.Load || model instanceof Define d && d.base() != null;
    if (stored) {
      reading.problem(
          pointer,
          "a study trains its models on the rows of each size, and a stored model may have learnt"
              + " from others; give define in place of load, or remove study");
    }
  }
}
