package dev.graft.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.spec.GenerationMode.Between;
import dev.graft.spec.GenerationMode.Interpolate;
import dev.graft.spec.GenerationMode.Kind;
import dev.graft.spec.GenerationMode.Labels;
import dev.graft.spec.GenerationMode.MixClasses;
import dev.graft.spec.GenerationMode.VaryReal;
import dev.graft.spec.Vocabulary.ModelFacts;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads {@code augment.mode}. */
final class ModeSection {
  private static final String MODE = "/augment/mode";
  private static final double MOST_SHARE = 0.5;

  private final SpecReading reading;
  private final Optional<ModelFacts> generator;

  /**
   * @param generator what the model of the spec can do, where that is known
   */
  ModeSection(SpecReading reading, Optional<ModelFacts> generator) {
    this.reading = reading;
    this.generator = generator;
  }

  /** The mode, or null where samples are drawn from the model alone. */
  GenerationMode read() {
    if (!reading.has(MODE)) {
      generator.filter(ModelFacts::needsMode).ifPresent(this::need);
      return null;
    }
    JsonNode mode = reading.at(MODE);
    List<Kind> stated = Arrays.stream(Kind.values()).filter(kind -> mode.has(kind.key())).toList();
    if (stated.size() != 1) {
      reading.problem(
          stated.isEmpty() ? MODE : MODE + "/" + stated.get(1).key(),
          "augment.mode must have exactly one of %s; it has %s",
          keys(List.of(Kind.values()), ", "),
          stated.isEmpty() ? "none" : keys(stated, " and "));
      return null;
    }
    Kind kind = stated.get(0);
    generator
        .filter(model -> !model.modes().contains(kind))
        .ifPresent(model -> refuse(model, kind));
    return switch (kind) {
      case VARY -> vary(mode);
      case INTERPOLATE -> interpolate(mode);
      case MIX_CLASSES -> mixClasses(mode);
    };
  }

  private void need(ModelFacts model) {
    reading.problem(
        "/augment",
        "a model of the family %s draws nothing by itself; write augment.mode, which may be %s",
        model.family(),
        keys(new TreeSet<>(model.modes()), ", "));
  }

  private void refuse(ModelFacts model, Kind kind) {
    reading.problem(
        MODE + "/" + kind.key(),
        "a model of the family %s cannot %s; %s; leave augment.mode out, or take another model",
        model.family(),
        kind.key(),
        model.modes().isEmpty()
            ? "it has no modes"
            : "it can " + keys(new TreeSet<>(model.modes()), ", "));
  }

  private GenerationMode vary(JsonNode mode) {
    only(mode, Kind.VARY, Set.of("strength"));
    if (!mode.has("strength")) {
      reading.problem(
          MODE, "augment.mode: vary needs strength, above 0 to 1, for example strength: 0.3");
    }
    return new VaryReal(mode.path("strength").doubleValue());
  }

  private GenerationMode interpolate(JsonNode mode) {
    only(mode, Kind.INTERPOLATE, Set.of("labels"));
    boolean rows = mode.path("interpolate").asText().equals("rows");
    if (rows && labels(mode) == Labels.MIXED) {
      reading.problem(
          MODE + "/labels",
          "augment.mode.labels is mixed, but both ends of interpolate: rows are of one class; write"
              + " interpolate: classes, or remove labels");
    }
    return new Interpolate(rows ? Between.ROWS : Between.CLASSES, labels(mode));
  }

  private GenerationMode mixClasses(JsonNode mode) {
    only(mode, Kind.MIX_CLASSES, Set.of("share", "labels"));
    return new MixClasses(mode.path("share").asDouble(MOST_SHARE), labels(mode));
  }

  private static Labels labels(JsonNode mode) {
    return mode.path("labels").asText("hard").equals("mixed") ? Labels.MIXED : Labels.HARD;
  }

  /** A key of another mode would do nothing. */
  private void only(JsonNode mode, Kind kind, Set<String> keys) {
    mode.properties()
        .forEach(
            entry -> {
              if (!entry.getKey().equals(kind.key()) && !keys.contains(entry.getKey())) {
                reading.problem(
                    MODE + "/" + entry.getKey(),
                    "augment.mode.%s does nothing beside %s, which takes %s; remove it",
                    entry.getKey(),
                    kind.key(),
                    String.join(", ", new TreeSet<>(keys)));
              }
            });
  }

  private static String keys(Collection<Kind> kinds, String between) {
    return kinds.stream().map(Kind::key).collect(Collectors.joining(between));
  }
}
