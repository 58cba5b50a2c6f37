package dev.graft.model.store;

import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.stage.StageOutput;
import java.io.Serializable;
import java.util.Map;

/**
 * The content of TRAIN's {@code models.json}: the models of a run, by name and digest in the store.
 *
 * @param generator draws candidates
 * @param judge scores them
 * @param examiner measures the result
 */
public record TrainedModels(Entry generator, Entry judge, Entry examiner) implements Serializable {
  public static final String FILE = "models.json";

  /**
   * @param name name in the store
   * @param digest content digest
   * @param number n of {@code name@n} when it was trained or loaded
   * @param family model family
   * @param loaded whether it was there before: by the spec, or kept from an earlier date
   * @param bestStep step whose weights these are
   * @param figures final figures on tune rows
   */
  public record Entry(
      String name,
      String digest,
      int number,
      String family,
      boolean loaded,
      long bestStep,
      Map<String, Double> figures)
      implements Serializable {
    public Entry {
      figures = Map.copyOf(figures);
    }

    /** The same model in a run that found it. */
    public Entry asLoaded() {
      return new Entry(name, digest, number, family, true, bestStep, figures);
    }
  }

  /** Reads the output of TRAIN. */
  public static TrainedModels read(StageOutput train) {
    return Json.read(Storage.read(train.file(FILE)), TrainedModels.class);
  }
}
