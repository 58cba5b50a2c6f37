package dev.graft.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.spec.EvaluateSpec.ArmSpec;
import dev.graft.spec.EvaluateSpec.Choose;
import dev.graft.spec.EvaluateSpec.Utility;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.spec.Vocabulary.ModalityFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads {@code evaluate}. */
final class EvaluateSection {
  static final String LEARNER = "/evaluate/utility/learner";
  static final String CLASSICAL = "/evaluate/utility/classical";
  private static final String CHOOSE = "/evaluate/utility/choose";

  /** Families of learners that see each row once, before training. */
  private static final Set<String> UNAUGMENTED = Set.of("external-classifier", "text-encoder");

  private final SpecReading reading;
  private final ModelSection models;

  EvaluateSection(SpecReading reading, ModelSection models) {
    this.reading = reading;
    this.models = models;
  }

  EvaluateSpec read(ModalityFacts defaults) {
    JsonNode stated = reading.at(LEARNER);
    boolean changed = stated.isObject();
    String learner = changed ? stated.get("define").textValue() : stated.asText(defaults.learner());
    JsonNode definition =
        models.definition(LEARNER, learner, changed ? models.settings(LEARNER) : List.of());
    models.facts(LEARNER, new Define(learner, definition), false);
    List<ArmSpec> arms = arms();
    List<String> augmented = reading.vocabulary().augmentedArms();
    if (UNAUGMENTED.contains(definition.path("family").asText())
        && arms.stream().anyMatch(arm -> augmented.contains(arm.name()))) {
      reading.problem(
          LEARNER,
          "%s is a head on a network that stays as it is, which cannot learn from classical"
              + " augmentation; leave out the arms %s, or give a definition of the family classifier"
              + " or text-classifier",
          learner,
          String.join(", ", augmented));
    }
    return new EvaluateSpec(
        metrics(defaults),
        reading.at("/evaluate/rows").intValue(),
        new Utility(learner, definition, arms, choose(reading, CHOOSE), classical()));
  }

  private JsonNode classical() {
    if (!reading.has(CLASSICAL)) {
      return null;
    }
    String file = reading.text(CLASSICAL);
    JsonNode definition = models.definition(CLASSICAL, file, List.of());
    if (!definition.isEmpty() && !definition.path("family").asText().equals("classical")) {
      reading.problem(
          CLASSICAL,
          "%s is of the family %s; give a definition of the family classical",
          file,
          definition.path("family").asText());
    }
    return definition;
  }

  private List<String> metrics(ModalityFacts defaults) {
    if (!reading.has("/evaluate/metrics")) {
      return defaults.metrics();
    }
    List<String> metrics = new ArrayList<>();
    for (JsonNode name : reading.at("/evaluate/metrics")) {
      String pointer = "/evaluate/metrics/" + metrics.size();
      reading.known(pointer, "metric", name.textValue(), reading.vocabulary().metrics().keySet());
      metrics.add(name.textValue());
    }
    return metrics;
  }

  /** The choice at {@code pointer}; null where there is none. */
  static Choose choose(SpecReading reading, String pointer) {
    if (!reading.has(pointer)) {
      return null;
    }
    if (reading.at(pointer).isEmpty()) {
      reading.problem(pointer, "choose needs steps, ratio or both");
    }
    List<Integer> steps = new ArrayList<>();
    reading.at(pointer + "/steps").forEach(count -> steps.add(count.intValue()));
    List<MixingRatio> ratios = new ArrayList<>();
    for (JsonNode text : reading.at(pointer + "/ratio")) {
      MixingRatio ratio = MixingRatio.of(text.textValue());
      if (ratios.contains(ratio)) {
        reading.problem(pointer + "/ratio/" + ratios.size(), "the ratio %s is there twice", ratio);
      }
      ratios.add(ratio);
    }
    return new Choose(steps, ratios);
  }

  private List<ArmSpec> arms() {
    int seeds = reading.at("/evaluate/utility/seeds").intValue();
    List<ArmSpec> arms = new ArrayList<>();
    for (int i = 0; i < reading.at("/evaluate/utility/arms").size(); i++) {
      String pointer = "/evaluate/utility/arms/" + i;
      JsonNode arm = reading.at(pointer);
      String name = arm.isTextual() ? arm.textValue() : arm.get("arm").textValue();
      reading.known(pointer, "arm", name, reading.vocabulary().arms());
      if (arms.stream().anyMatch(before -> before.name().equals(name))) {
        reading.problem(pointer, "the arm %s is there twice", name);
      }
      arms.add(new ArmSpec(name, arm.path("seeds").asInt(seeds)));
    }
    return arms;
  }
}
