package dev.graft.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.CounterRandom;
import dev.graft.data.io.Storage;
import dev.graft.spec.EvaluateSpec.Utility;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.spec.SourceSpec.Take;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One draw of a study: a budget of real rows and the number of the draw. The draws of equal number
 * share their seed, so the rows of a smaller budget are among those of a larger one.
 *
 * @param size real rows of each class that are all there is
 * @param seed number of the draw, from 0
 */
public record StudyPoint(int size, int seed) implements Serializable {
  private static final long PURPOSE = 0x7374756479L; // "study"
  private static final int JSON_SAFE = 16; // numbers in JSON are exact up to 53 bits
  private static final int LEAST = 3; // rows of a class: one for each part

  /** The folder of all studies that publish to a place. */
  public static String place(PipelineSpec spec) {
    return Storage.resolve(spec.publish().to(), ".graft/study");
  }

  /** Name of its folder: {@code 50-0}. */
  public String key() {
    return size + "-" + seed;
  }

  /** For people: {@code 50 rows a class, seed 0}. */
  public String text() {
    return String.format(Locale.ROOT, "%,d rows a class, seed %d", size, seed);
  }

  /**
   * The spec of this draw.
   *
   * @param spec of the study
   * @param study its study section
   * @param ratio synthetic rows for each real train row
   */
  public PipelineSpec spec(PipelineSpec spec, StudySpec study, double ratio) {
    AugmentSpec augment = spec.augment();
    Utility utility = spec.evaluate().utility();
    return new PipelineSpec(
        spec.name(),
        spec.modality(),
        CounterRandom.of(spec.seed(), PURPOSE, seed).bits(0) >>> JSON_SAFE,
        source(spec.source()),
        spec.modalityOptions(),
        spec.split(),
        models(spec),
        new AugmentSpec(
            new AugmentSpec.Multiply(ratio),
            augment.controls(),
            augment.oversample(),
            augment.cap(),
            augment.rounds(),
            false,
            augment.where(),
            augment.mode(),
            augment.wording(),
            augment.minRows(),
            augment.softLabels()),
        spec.select(),
        new EvaluateSpec(
            spec.evaluate().metrics(),
            spec.evaluate().rows(),
            new Utility(
                utility.learnerFile(),
                utility.learner(),
                utility.arms(),
                study.choose(),
                utility.classical())),
        List.of(),
        new PublishSpec(
            Storage.resolve(place(spec), key()),
            spec.publish().includeReal(),
            List.of(),
            spec.publish().rowsPerShard(),
            spec.publish().licence(),
            false));
  }

  /** Classes that the spec gives other numbers keep their share. */
  private SourceSpec source(SourceSpec source) {
    Take stated = source.take();
    Map<String, Integer> classes = new TreeMap<>();
    stated
        .classes()
        .forEach(
            (name, rows) ->
                classes.put(
                    name,
                    (int) Math.max(LEAST, Math.round((double) rows * size / stated.perClass()))));
    return new SourceSpec(
        source.format(),
        source.locations(),
        source.testLocations(),
        source.classes(),
        source.allowSynthetic(),
        source.maxBadRecords(),
        source.limits(),
        new Take(size, classes),
        source.mostLabelSets());
  }

  /** Nobody asks the examiner of a draw anything: it is the learner, trained for one step. */
  private static ModelsSpec models(PipelineSpec spec) {
    Utility utility = spec.evaluate().utility();
    JsonNode learner = utility.learner().deepCopy();
    if (learner.path("training") instanceof ObjectNode training && training.has("steps")) {
      training.put("steps", 1);
    }
    return new ModelsSpec(
        spec.models().generator(),
        spec.models().judge(),
        new Define(utility.learnerFile(), learner));
  }
}
