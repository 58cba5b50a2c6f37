package dev.graft.train;

import dev.graft.data.io.Storage;
import dev.graft.stage.StageContext;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** How far the trainings of an unfinished TRAIN are, told by its files. */
public final class TrainProgress {
  private TrainProgress() {}

  /**
   * By role, and by member of an ensemble: {@code trained}, or the step of the newest checkpoint;
   * no entry before the first.
   */
  public static Map<String, String> of(StageContext context) {
    Map<String, String> progress = new TreeMap<>();
    for (ModelRole role : ModelRole.values()) {
      if (Storage.exists(Storage.resolve(context.directory(), "done/" + role.key() + ".json"))) {
        progress.put(role.key(), "trained");
        continue;
      }
      OptionalLong step =
          new FileCheckpoints(Storage.resolve(context.directory(), "checkpoints/" + role.key()))
              .lastStep();
      if (step.isPresent()) {
        progress.put(role.key(), "step " + step.getAsLong());
      }
    }
    Tuning.of(context, null)
        .flatMap(Tuning::progress)
        .ifPresent(how -> progress.put("tuning", how));
    for (MemberTraining member : MemberTraining.of(context, null)) {
      member.progress().ifPresent(how -> progress.put(member.key(), how));
    }
    return progress;
  }
}
