package dev.graft.generate;

import dev.graft.data.io.Storage;
import dev.graft.stage.StageContext;

/**
 * How far the candidates of a run are, told by their files, and where what its attempts share is
 * kept.
 *
 * @param finishedRanges ranges of the first round whose file is there
 * @param ranges ranges of the first round
 * @param candidates folder of the candidate files
 * @param references file of the scorers' references
 */
public record AugmentProgress(
    int finishedRanges, int ranges, String candidates, String references) {

  /**
   * Looks at the files alone; opens no model.
   *
   * @param context of AUGMENT; INGEST and TRAIN are committed
   */
  public static AugmentProgress of(StageContext context, AugmentInputs inputs) {
    AugmentRun run = AugmentRun.of(context, inputs);
    var ranges = run.plan().firstRanges();
    long finished =
        ranges.stream().filter(range -> Storage.exists(run.files().location(range))).count();
    return new AugmentProgress(
        (int) finished,
        ranges.size(),
        Storage.resolve(context.workDirectory(), "candidates/" + run.candidateKey()),
        run.references().location());
  }
}
