package dev.graft.train;

import dev.graft.data.DatasetSchema;
import dev.graft.data.io.Storage;
import dev.graft.data.json.SealedJson;
import dev.graft.ingest.DatasetStatistics;
import dev.graft.model.store.TrainedModels;
import dev.graft.stage.StageContext;
import java.util.Comparator;
import java.util.Optional;

/**
 * What a dated run has trained, for later dates: {@code <work>/trainings/<key>/<run date>.json}.
 * The key stands for everything that decides a training but the data.
 *
 * @param runDate {@code YYYY-MM-DD}
 * @param schema of the data it was trained on
 * @param statistics of that data
 * @param models what came of it
 */
record TrainingRecord(
    String runDate, DatasetSchema schema, DatasetStatistics statistics, TrainedModels models) {
  private static final String SUFFIX = ".json";

  private static String folder(StageContext context, String key) {
    return Storage.resolve(context.workDirectory(), "trainings/" + key.substring(0, 16));
  }

  void write(StageContext context, String key) {
    Storage.writeText(
        Storage.resolve(folder(context, key), runDate + SUFFIX), SealedJson.text(this));
  }

  /** The record of the latest run date before the context's. */
  static Optional<TrainingRecord> latestBefore(StageContext context, String key) {
    return Storage.list(folder(context, key)).stream()
        .map(Storage.Entry::location)
        .filter(location -> location.endsWith(SUFFIX))
        .filter(location -> date(location).compareTo(context.runDate()) < 0)
        .max(Comparator.comparing(TrainingRecord::date))
        .map(location -> SealedJson.read(location, TrainingRecord.class));
  }

  private static String date(String location) {
    String name = location.substring(location.lastIndexOf('/') + 1);
    return name.substring(0, name.length() - SUFFIX.length());
  }
}
