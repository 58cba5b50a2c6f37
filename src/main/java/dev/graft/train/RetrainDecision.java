package dev.graft.train;

import dev.graft.ingest.CanonicalDataset;
import dev.graft.ingest.DatasetStatistics;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.TrainedModels;
import dev.graft.spec.RetrainPolicy;
import dev.graft.spec.RetrainPolicy.When;
import dev.graft.stage.StageContext;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a run takes the models of an earlier run date. Days are counted from run date to run date
 * and the data are compared by their statistics, so that a repeated run decides the same; the clock
 * has no say.
 *
 * @param kept the earlier models; null where new ones are trained
 * @param trainedOn run date of the kept models; empty where new ones are trained
 * @param reason in words
 */
record RetrainDecision(TrainedModels kept, String trainedOn, String reason) {

  /**
   * @param key of {@link TrainingRecord}
   * @param data of this run
   */
  static RetrainDecision of(StageContext context, String key, CanonicalDataset data) {
    RetrainPolicy policy = context.spec().models().retrain();
    if (policy.when() == When.CHANGED) {
      return train("models follow the data");
    }
    if (context.runDate().isEmpty()) {
      return train("a run without a date has no earlier ones");
    }
    Optional<TrainingRecord> found = TrainingRecord.latestBefore(context, key);
    if (found.isEmpty()) {
      return train("no earlier date has trained these definitions");
    }
    TrainingRecord record = found.get();
    if (!record.schema().equals(data.schema())) {
      return train("the data of " + record.runDate() + " had another shape or other classes");
    }
    ModelStore store = ModelStore.at(context.storeDirectory());
    TrainedModels models = record.models();
    if (!Stream.of(models.generator(), models.judge(), models.examiner())
        .allMatch(model -> store.isWhole(model.name(), model.digest()))) {
      return train("the models of " + record.runDate() + " are not all in the store any more");
    }
    return switch (policy.when()) {
      case AGE -> byAge(record, policy, context.runDate());
      case DRIFT -> byDrift(record, policy, data.statistics());
      default -> keep(record, "they are kept for good");
    };
  }

  private static RetrainDecision byAge(TrainingRecord record, RetrainPolicy policy, String date) {
    long days = ChronoUnit.DAYS.between(LocalDate.parse(record.runDate()), LocalDate.parse(date));
    String age = String.format(Locale.ROOT, "%d of %d days old", days, policy.days());
    return days >= policy.days()
        ? train("the models of " + record.runDate() + " are " + age)
        : keep(record, age);
  }

  private static RetrainDecision byDrift(
      TrainingRecord record, RetrainPolicy policy, DatasetStatistics now) {
    double drift = SourceDrift.between(record.statistics(), now);
    String found =
        String.format(Locale.ROOT, "drift of the data %.4f, allowed %s", drift, policy.over());
    return drift > policy.over()
        ? train(found + ", since " + record.runDate())
        : keep(record, found);
  }

  private static RetrainDecision train(String reason) {
    return new RetrainDecision(null, "", reason);
  }

  private static RetrainDecision keep(TrainingRecord record, String reason) {
    return new RetrainDecision(record.models(), record.runDate(), reason);
  }

  /** The kept model of a role. */
  Optional<TrainedModels.Entry> model(ModelRole role) {
    if (kept == null) {
      return Optional.empty();
    }
    return Optional.of(
        switch (role) {
          case GENERATOR -> kept.generator();
          case JUDGE -> kept.judge();
          case EXAMINER -> kept.examiner();
        });
  }

  /** For the stage's summary: {@code {trained: ..., trained-on: ..., reason: ...}}. */
  Map<String, Object> summary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("trained", kept == null);
    summary.put("reason", reason);
    if (kept != null) {
      summary.put("trained-on", trainedOn);
    }
    return summary;
  }
}
