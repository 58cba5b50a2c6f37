package dev.graft.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.spec.EvaluateSpec.ArmSpec;
import dev.graft.spec.Vocabulary.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code gates}: what the spec declares, and the defaults for what it does not name. {@code
 * none} in place of a gate leaves its default out, {@code defaults: none} leaves out all.
 */
final class GateSection {
  private static final String COPIED_ROWS = "copied-rows";
  private static final String COLLAPSE = "training-collapse";
  private static final String AGREEMENT = "examiner-agreement";
  private static final String TUNE_TO_TRAIN = "tune-to-train";
  private static final String DEFAULTS = "defaults";
  private static final List<String> OF_REAL_ROWS = List.of(COPIED_ROWS, AGREEMENT);

  /** What figures of an arm end with, and the arm that they are held against. */
  private static final Map<String, String> OF_AN_ARM =
      Map.of("-accuracy", "", "-gain", "classical", "-skill", "real");

  private final SpecReading reading;

  GateSection(SpecReading reading) {
    this.reading = reading;
  }

  List<GateSpec> read(EvaluateSpec evaluate) {
    List<GateSpec> gates = new ArrayList<>();
    Set<String> named = new HashSet<>();
    reading
        .at("/gates")
        .properties()
        .forEach(
            gate -> {
              String name = gate.getKey();
              String pointer = "/gates/" + name;
              if (!name.equals(DEFAULTS)
                  && reading.sound(pointer)
                  && reading.known(pointer, "gate", name, reading.vocabulary().gates())) {
                named.add(name);
                if (gate.getValue().isObject()) {
                  measured(pointer, name, evaluate);
                  gates.add(gate(pointer, name, gate.getValue()));
                }
              }
            });
    if (!reading.has("/gates/" + DEFAULTS)) {
      reading.vocabulary().defaultGates().stream()
          .filter(gate -> !named.contains(gate.metric()) && isMeasured(gate.metric(), evaluate))
          .forEach(gates::add);
    }
    return gates;
  }

  private boolean isMeasured(String name, EvaluateSpec evaluate) {
    return !lacksMetric(name, evaluate) && missingArms(name, evaluate).isEmpty();
  }

  private boolean lacksMetric(String name, EvaluateSpec evaluate) {
    return reading.vocabulary().metrics().containsKey(name) && !evaluate.metrics().contains(name);
  }

  /** Arms that a figure needs and that are not run. */
  private static List<String> missingArms(String name, EvaluateSpec evaluate) {
    List<String> needed = new ArrayList<>();
    OF_AN_ARM.forEach(
        (suffix, other) -> {
          if (name.endsWith(suffix)) {
            needed.add(name.substring(0, name.length() - suffix.length()));
            if (!other.isEmpty()) {
              needed.add(other);
            }
          }
        });
    needed.removeAll(evaluate.utility().arms().stream().map(ArmSpec::name).toList());
    return needed;
  }

  /** What is not measured cannot be bounded. */
  private void measured(String pointer, String name, EvaluateSpec evaluate) {
    if (lacksMetric(name, evaluate)) {
      reading.problem(pointer, "the gate on %s needs the metric: add it to evaluate.metrics", name);
    }
    List<String> arms = missingArms(name, evaluate);
    if (!arms.isEmpty()) {
      reading.problem(
          pointer,
          "the gate on %s needs the arm %s: add it to evaluate.utility.arms",
          name,
          String.join(" and ", arms));
    }
  }

  private GateSpec gate(String pointer, String name, JsonNode gate) {
    boolean copies = gate.path("max").isTextual();
    double min = gate.path("min").asDouble(Double.NaN);
    double max = copies ? 1 : gate.path("max").asDouble(Double.NaN);
    String relative = copies ? GateSpec.TUNE : gate.path("relative-to").asText("");
    if (Double.isNaN(min) && Double.isNaN(max)) {
      reading.problem(pointer, "the gate on %s needs a min or a max", name);
    } else if (min > max) {
      reading.problem(pointer, "no figure can pass: min %s is above max %s", min, max);
    }
    boolean metric = reading.vocabulary().metrics().containsKey(name);
    if (copies && !name.equals(COPIED_ROWS)) {
      reading.problem(pointer + "/max", "%s belongs to copied-rows; give a number", TUNE_TO_TRAIN);
    } else if (!relative.isEmpty() && !metric && !OF_REAL_ROWS.contains(name)) {
      reading.problem(
          pointer + "/relative-to", "%s has no figure of real rows to be relative to", name);
    } else if (relative.equals(GateSpec.TUNE_TO_ONE)) {
      ofShares(pointer, name, min, max);
    } else if (relative.isEmpty() && metric) {
      Range range = reading.vocabulary().metrics().get(name);
      inRange(pointer + "/min", min, range);
      inRange(pointer + "/max", max, range);
    }
    String perClass = gate.path("per-class").asText("");
    boolean ofWhole =
        name.equals(COPIED_ROWS)
            || name.equals(COLLAPSE)
            || OF_AN_ARM.keySet().stream().anyMatch(name::endsWith);
    if (!perClass.isEmpty() && ofWhole) {
      reading.problem(
          pointer + "/per-class", "%s has no figures per class; leave per-class out", name);
    }
    return new GateSpec(name, min, max, relative, perClass, reading.line(pointer));
  }

  /** A way to 1 is there where 1 is the most that a figure can be. */
  private void ofShares(String pointer, String name, double min, double max) {
    Range range = reading.vocabulary().metrics().getOrDefault(name, new Range(0, 1));
    if (range.max() != 1) {
      reading.problem(
          pointer + "/relative-to",
          "%s is no share of 1, so there is no way to 1; give relative-to: tune",
          name);
    }
    inRange(pointer + "/min", min, new Range(0, 1));
    inRange(pointer + "/max", max, new Range(0, 1));
  }

  private void inRange(String pointer, double value, Range range) {
    if (!Double.isNaN(value) && !range.contains(value)) {
      reading.problem(
          pointer, "%s is outside the metric's range, %s to %s", value, range.min(), range.max());
    }
  }
}
