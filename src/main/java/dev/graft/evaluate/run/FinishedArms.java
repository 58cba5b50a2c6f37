package dev.graft.evaluate.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.data.json.SealedJson;
import dev.graft.evaluate.utility.Arm;
import dev.graft.evaluate.utility.ArmRun;
import dev.graft.model.ModelDefinition;
import dev.graft.spec.EvaluateSpec.Choose;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finished trainings of the utility comparison, in {@code <work>/arms/<digest>/<arm>-<run>.json}.
 * The digest is of what a training depends on and of nothing else, so attempts share them, and so
 * do evaluations with other gates, metrics or arms.
 */
public final class FinishedArms {
  /** To be raised when the same training comes to another result. */
  private static final int VERSION = 1;

  private static final int DIGITS = 16;

  private final String directory;

  private FinishedArms(String directory) {
    this.directory = directory;
  }

  /** Those that this evaluation may use. */
  public static FinishedArms of(StageContext context) {
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("version", VERSION);
    for (StageName stage : new StageName[] {StageName.INGEST, StageName.TRAIN, StageName.AUGMENT}) {
      key.put(stage.key(), context.fingerprint(stage));
    }
    key.put("learner", ModelDefinition.of(context.spec().evaluate().utility().learner()).digest());
    Choose choose = context.spec().evaluate().utility().choose();
    if (choose != null) {
      key.put("choose", choose);
    }
    JsonNode classical = context.spec().evaluate().utility().classical();
    if (classical != null) {
      key.put("classical", ModelDefinition.of(classical).digest());
    }
    key.put("modality-options", context.spec().modalityOptions());
    key.put("seed", context.spec().seed());
    return new FinishedArms(
        Storage.resolve(context.workDirectory(), "arms/" + Json.digest(key).substring(0, DIGITS)));
  }

  /** The folder that keeps them. */
  public String directory() {
    return directory;
  }

  /** Where a run is kept. */
  public String file(Arm arm, int seed) {
    return Storage.resolve(directory, arm.key() + "-" + seed + ".json");
  }

  Optional<ArmRun> find(Arm arm, int seed) {
    return SealedJson.find(file(arm, seed), ArmRun.class);
  }

  void keep(Arm arm, int seed, ArmRun run) {
    Storage.writeText(file(arm, seed), SealedJson.text(run));
  }
}
