package dev.graft.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.spec.EvaluateSpec.ArmSpec;
import dev.graft.spec.Vocabulary.Range;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code gates}. */
final class GateSection {
  private static final String COPIED_ROWS = "copied-rows";

  /** Holds unless a spec has another bound: a model marked as collapsed is not published. */
  private static final String COLLAPSE = "training-collapse";

  private static final String AGREEMENT = "examiner-agreement";
  private static final String TUNE = "tune";
  private static final String TUNE_TO_TRAIN = "tune-to-train";
  private static final List<String> OF_REAL_ROWS = List.of(COPIED_ROWS, AGREEMENT);
  private static final List<String> OF_AN_ARM = List.of("-accuracy", "-gain");

  private final SpecReading reading;

  GateSection(SpecReading reading) {
    this.reading = reading;
  }

  List<GateSpec> read(EvaluateSpec evaluate) {
    List<GateSpec> gates = new ArrayList<>();
    reading
        .at("/gates")
        .properties()
        .forEach(
            gate -> {
              String pointer = "/gates/" + gate.getKey();
              if (reading.sound(pointer)
                  && reading.known(pointer, "gate", gate.getKey(), reading.vocabulary().gates())) {
                measured(pointer, gate.getKey(), evaluate);
                gates.add(gate(pointer, gate.getKey(), gate.getValue()));
              }
            });
    if (gates.stream().noneMatch(gate -> gate.metric().equals(COLLAPSE))) {
      gates.add(new GateSpec(COLLAPSE, Double.NaN, 0, "", "", 0));
    }
    return gates;
  }

  /** What is not measured cannot be bounded. */
  private void measured(String pointer, String name, EvaluateSpec evaluate) {
    if (reading.vocabulary().metrics().containsKey(name) && !evaluate.metrics().contains(name)) {
      reading.problem(pointer, "the gate on %s needs the metric: add it to evaluate.metrics", name);
    }
    List<String> arms = evaluate.utility().arms().stream().map(ArmSpec::name).toList();
    for (String suffix : OF_AN_ARM) {
      if (name.endsWith(suffix)) {
        List<String> needed = new ArrayList<>();
        needed.add(name.substring(0, name.length() - suffix.length()));
        if (suffix.equals("-gain")) {
          needed.add("classical");
        }
        needed.removeAll(arms);
        if (!needed.isEmpty()) {
          reading.problem(
              pointer,
              "the gate on %s needs the arm %s: add it to evaluate.utility.arms",
              name,
              String.join(" and ", needed));
        }
      }
    }
  }

  private GateSpec gate(String pointer, String name, JsonNode gate) {
    boolean copies = gate.path("max").isTextual();
    double min = gate.path("min").asDouble(Double.NaN);
    double max = copies ? 1 : gate.path("max").asDouble(Double.NaN);
    String relative = copies ? TUNE : gate.path("relative-to").asText("");
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
    } else if (relative.isEmpty() && metric) {
      Range range = reading.vocabulary().metrics().get(name);
      inRange(pointer + "/min", min, range);
      inRange(pointer + "/max", max, range);
    }
    String perClass = gate.path("per-class").asText("");
    boolean ofWhole =
        name.equals(COPIED_ROWS)
            || name.equals(COLLAPSE)
            || OF_AN_ARM.stream().anyMatch(name::endsWith);
    if (!perClass.isEmpty() && ofWhole) {
      reading.problem(
          pointer + "/per-class", "%s has no figures per class; leave per-class out", name);
    }
    return new GateSpec(name, min, max, relative, perClass, reading.line(pointer));
  }

  private void inRange(String pointer, double value, Range range) {
    if (!Double.isNaN(value) && !range.contains(value)) {
      reading.problem(
          pointer, "%s is outside the metric's range, %s to %s", value, range.min(), range.max());
    }
  }
}
