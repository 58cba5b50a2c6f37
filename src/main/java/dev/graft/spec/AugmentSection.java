package dev.graft.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.spec.AugmentSpec.BalanceToLargest;
import dev.graft.spec.AugmentSpec.Multiply;
import dev.graft.spec.AugmentSpec.SyntheticPerClass;
import dev.graft.spec.AugmentSpec.Target;
import dev.graft.spec.AugmentSpec.TotalPerClass;
import dev.graft.spec.AugmentSpec.Where;
import dev.graft.spec.Vocabulary.ModelFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads {@code augment}. */
final class AugmentSection {
  private static final List<String> TARGETS = List.of("synthetic", "total", "multiply", "balance");

  private static final String EXCLUDE_PUBLISHED = "/augment/exclude-published";
  private static final String SOFT_LABELS = "/augment/soft-labels";

  /** Of sets of labels, most of which are often rare. */
  private static final int LEAST_ROWS_OF_A_SET = 10;

  private final SpecReading reading;
  private final Optional<ModelFacts> generator;
  private final boolean severalLabels;

  /**
   * @param generator what the model of the spec can do, where that is known
   * @param severalLabels whether classes are sets of labels
   */
  AugmentSection(SpecReading reading, Optional<ModelFacts> generator, boolean severalLabels) {
    this.reading = reading;
    this.generator = generator;
    this.severalLabels = severalLabels;
  }

  AugmentSpec read() {
    Map<String, Double> controls = new TreeMap<>();
    Map<String, List<String>> wording = new TreeMap<>();
    reading
        .at("/augment/controls")
        .properties()
        .forEach(control -> control(control.getKey(), control.getValue(), controls, wording));
    double oversample = SpecReading.factor(reading.at("/augment/candidates/oversample"));
    double cap = SpecReading.factor(reading.at("/augment/candidates/cap"));
    if (oversample < 1) {
      reading.problem(
          "/augment/candidates/oversample",
          "augment.candidates.oversample is %s: must be at least 1 candidate per row wanted",
          oversample);
    } else if (cap < oversample) {
      reading.problem(
          reading.has("/augment/candidates/cap") ? "/augment/candidates/cap" : "/augment",
          "augment.candidates.cap %s is below oversample %s: the first round alone would pass it",
          cap,
          oversample);
    }
    return new AugmentSpec(
        target(),
        controls,
        oversample,
        cap,
        reading.at("/augment/rounds").intValue(),
        reading.at(EXCLUDE_PUBLISHED).booleanValue(),
        where(),
        new ModeSection(reading, generator).read(),
        wording,
        reading.at("/augment/min-rows").asInt(severalLabels ? LEAST_ROWS_OF_A_SET : 0),
        softLabels());
  }

  private boolean softLabels() {
    boolean soft = reading.at(SOFT_LABELS).booleanValue();
    if (soft && severalLabels) {
      reading.problem(
          SOFT_LABELS,
          "augment.soft-labels is true, but the records have several labels (source.labels), and"
              + " the judge has no probability of a single one; allowed: false; remove it, or give"
              + " records one label (source.label)");
    }
    return soft;
  }

  private void control(
      String name,
      JsonNode value,
      Map<String, Double> controls,
      Map<String, List<String>> wording) {
    String pointer = "/augment/controls/" + name;
    boolean number = value.isNumber();
    generator.ifPresent(
        model -> {
          Set<String> all = new TreeSet<>(model.controls());
          all.addAll(model.textControls());
          if (reading.known(pointer, "control", name, all)
              && number != model.controls().contains(name)) {
            reading.problem(
                pointer,
                number
                    ? "control %s is %s; allowed: a text, or a list of texts"
                    : "control %s is %s; allowed: a number",
                name,
                value);
          }
        });
    if (number) {
      controls.put(name, value.doubleValue());
    } else {
      List<String> texts = new ArrayList<>();
      (value.isArray() ? value : List.of(value)).forEach(text -> texts.add(text.textValue()));
      wording.put(name, texts);
    }
  }

  /** What the rows of earlier dates are compared by is the rule against near-duplicates. */
  void checkFit(AugmentSpec augment, List<SelectRule> rules) {
    if (augment.excludePublished()
        && rules.stream().noneMatch(rule -> rule.kind() == SelectRule.Kind.DROP)) {
      reading.problem(
          EXCLUDE_PUBLISHED,
          "augment.exclude-published needs the rule that says what is near; add"
              + " {scorer: near-duplicate, drop: true} to select, or set it to false");
    }
  }

  private Where where() {
    String where = reading.at("/augment/target/where").asText();
    return where.isEmpty() ? null : Where.valueOf(where.toUpperCase(Locale.ROOT));
  }

  private Target target() {
    JsonNode augment = reading.at("/augment");
    List<String> stated = TARGETS.stream().filter(augment::has).toList();
    if (stated.size() != 1) {
      reading.problem(
          stated.isEmpty() ? "/augment" : "/augment/" + stated.get(1),
          "augment must have exactly one of %s; it has %s",
          String.join(", ", TARGETS),
          stated.isEmpty() ? "none" : String.join(" and ", stated));
      return null;
    }
    JsonNode value = augment.get(stated.get(0));
    return switch (stated.get(0)) {
      case "synthetic" ->
          new SyntheticPerClass(value.get("per-class").longValue(), classes("synthetic", value));
      case "total" ->
          new TotalPerClass(value.get("per-class").longValue(), classes("total", value));
      case "multiply" -> new Multiply(value.doubleValue());
      default -> balance(value);
    };
  }

  /** Numbers by class name; a name is checked here where the spec lists the classes. */
  private Map<String, Long> classes(String target, JsonNode value) {
    List<String> known = new ArrayList<>();
    if (!severalLabels) {
      reading.at("/source/classes").forEach(name -> known.add(name.asText()));
    }
    Map<String, Long> classes = new TreeMap<>();
    value
        .path("classes")
        .fields()
        .forEachRemaining(entry -> classes.put(entry.getKey(), entry.getValue().longValue()));
    for (String name : classes.keySet()) {
      if (!known.isEmpty() && !known.contains(name)) {
        reading.problem(
            "/augment/" + target + "/classes",
            "augment.%s.classes names \"%s\", which is none of source.classes: %s",
            target,
            name,
            String.join(", ", known));
      }
    }
    return classes;
  }

  private Target balance(JsonNode value) {
    double cap = SpecReading.factor(value.get("cap"));
    if (cap <= 0) {
      reading.problem(
          "/augment/balance/cap", "augment.balance.cap is %s: must be greater than 0", cap);
    }
    return new BalanceToLargest(cap);
  }
}
