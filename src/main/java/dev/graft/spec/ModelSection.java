package dev.graft.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.spec.ModelsSpec.Load;
import dev.graft.spec.ModelsSpec.ModelRef;
import dev.graft.spec.Vocabulary.ModelFacts;
import dev.graft.spec.yaml.Positions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code model}, {@code judge} and {@code examiner}. */
final class ModelSection {
  private static final String FINE_TUNE = "/fine-tune";
  private static final String TUNE = "/tune";
  private static final String GENERATOR = "/model";

  private final SpecReading reading;
  private final Path home;

  /**
   * @param home where definitions are looked for that are not in the working directory
   */
  ModelSection(SpecReading reading, Path home) {
    this.reading = reading;
    this.home = home;
  }

  ModelRef read(String pointer, String defaultFile) {
    if (!reading.has(pointer)) {
      return define(pointer, defaultFile, List.of());
    }
    if (!reading.sound(pointer)) {
      return null;
    }
    String name = pointer.substring(1);
    boolean load = reading.has(pointer + "/load");
    if (load == reading.has(pointer + "/define")) {
      reading.problem(
          pointer,
          "%s must have exactly one of define (a definition file) and load (name@version)",
          name);
      return null;
    }
    if (!load) {
      if (reading.has(pointer + FINE_TUNE)) {
        reading.problem(
            pointer + FINE_TUNE,
            "%s.fine-tune trains a stored model further; give load in place of define, or leave"
                + " fine-tune out",
            name);
      }
      Define define =
          define(pointer + "/define", reading.text(pointer + "/define"), settings(pointer));
      return reading.has(pointer + TUNE) ? tuned(pointer, define) : define;
    }
    if (reading.has(pointer + TUNE)) {
      reading.problem(
          pointer + TUNE,
          "%s.tune chooses the settings of a definition; a loaded model has its own; give define in"
              + " place of load, or leave tune out",
          name);
    }
    if (reading.has(pointer + "/set")) {
      reading.problem(
          pointer + "/set", "%s.set changes a definition; a loaded model has its own", name);
    }
    String[] parts = reading.text(pointer + "/load").split("@", 2);
    Load stored =
        reading.attempt(
            pointer + "/load",
            new Load(parts[0], parts[1], ""),
            () -> reading.vocabulary().pin(parts[0], parts[1]));
    return reading.has(pointer + FINE_TUNE) ? fineTune(pointer + FINE_TUNE, stored) : stored;
  }

  private Define tuned(String pointer, Define define) {
    String place = pointer + TUNE;
    if (!pointer.equals(GENERATOR)) {
      reading.problem(
          place,
          "%s.tune: only the generator is tuned; leave tune out, or move it to model",
          pointer.substring(1));
      return define;
    }
    if (define.definition().isEmpty()) {
      return define;
    }
    TuneSpec asked =
        new TuneSpec(
            reading.at(place + "/trials").intValue(),
            reading.at(place + "/steps").longValue(),
            reading.at(place + "/eta").intValue(),
            reading.text(place + "/by"),
            MissingNode.getInstance());
    TuneSpec checked =
        reading.attempt(
            place,
            null,
            () -> reading.vocabulary().tuning(found(define.file()), settings(pointer), asked));
    return new Define(define.file(), define.definition(), null, checked);
  }

  private Define fineTune(String pointer, Load base) {
    List<String> settings = new ArrayList<>();
    flatten("", reading.at(pointer), settings);
    JsonNode definition =
        base.digest().isEmpty()
            ? MissingNode.getInstance()
            : reading.attempt(
                pointer,
                MissingNode.getInstance(),
                () -> reading.vocabulary().fineTuning(base, settings));
    return new Define(base.name() + "@" + base.version(), definition, base);
  }

  /**
   * What a model can do, unless it could not be read.
   *
   * @param generator whether its place in the spec is that of a generator or of a classifier
   */
  Optional<ModelFacts> facts(String pointer, ModelRef model, boolean generator) {
    if (!read(model)) {
      return Optional.empty();
    }
    ModelFacts facts = reading.vocabulary().model(model);
    if (facts.generator() != generator) {
      reading.problem(
          reading.has(pointer) ? pointer : "",
          "%s is of the family %s, which %s",
          Positions.dotted(pointer),
          facts.family(),
          generator
              ? "is a classifier and draws no samples; give a generator, such as vae"
              : "draws samples and classifies nothing; give a classifier");
      return Optional.empty();
    }
    return Optional.of(facts);
  }

  private static boolean read(ModelRef model) {
    return model instanceof Load load && !load.digest().isEmpty()
        || model instanceof Define define && !define.definition().isEmpty();
  }

  /**
   * Checks models that could be read against the data, as far as the spec tells of it, and each
   * against the first.
   *
   * @param models by their place in the spec
   * @param options the modality's own section, already checked
   */
  void checkFit(
      Map<String, ModelRef> models, String modality, JsonNode options, List<String> classes) {
    Optional<ModelRef> first = models.values().stream().filter(ModelSection::read).findFirst();
    models.forEach(
        (pointer, model) -> {
          if (read(model)) {
            String place = reading.has(pointer) ? pointer : "";
            reading.attempt(
                place,
                model,
                () -> {
                  reading.vocabulary().checkModel(model, modality, options, classes);
                  return model;
                });
            // The policy of an arm is no network: it starts no engine that others must agree with.
            if (!pointer.equals(EvaluateSection.CLASSICAL)) {
              reading.attempt(
                  place,
                  model,
                  () -> {
                    reading.vocabulary().checkTogether(first.orElseThrow(), model);
                    return model;
                  });
            }
          }
        });
  }

  /** The judge selects and the examiner measures: they must not be the same network. */
  void checkDistinct(ModelsSpec models) {
    if (models.judge() instanceof Define judge
        && models.examiner() instanceof Define examiner
        && !judge.definition().isEmpty()
        && judge.definition().path("family").equals(examiner.definition().path("family"))
        && judge
            .definition()
            .path("architecture")
            .equals(examiner.definition().path("architecture"))) {
      reading.problem(
          reading.has("/examiner") ? "/examiner" : "/judge",
          "judge and examiner have the same architecture (%s, %s): what selects must not measure;"
              + " give the examiner another one",
          judge.file(),
          examiner.file());
    }
  }

  JsonNode definition(String pointer, String file, List<String> settings) {
    return reading.attempt(
        pointer,
        MissingNode.getInstance(),
        () -> reading.vocabulary().definition(found(file), settings));
  }

  /** In the working directory, else among those that are shipped. */
  private Path found(String file) {
    Path local = reading.readable(file);
    Path shipped = home.resolve(file);
    return Files.exists(local) || !Files.exists(shipped) ? local : shipped;
  }

  private Define define(String pointer, String file, List<String> settings) {
    return new Define(file, definition(pointer, file, settings));
  }

  /** The section's {@code set}, as {@code a.b.c=value} each. */
  List<String> settings(String pointer) {
    List<String> settings = new ArrayList<>();
    flatten("", reading.at(pointer + "/set"), settings);
    return settings;
  }

  private static void flatten(String prefix, JsonNode value, List<String> settings) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(
              entry ->
                  flatten(
                      prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey(),
                      entry.getValue(),
                      settings));
    } else if (!value.isMissingNode()) {
      settings.add(prefix + "=" + value);
    }
  }
}
