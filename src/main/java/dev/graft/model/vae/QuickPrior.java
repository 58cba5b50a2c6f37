package dev.graft.model.vae;

import dev.graft.data.LabelledRows;
import dev.graft.model.TrainingRun;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A {@link LatentPrior} of few rows, by which a VAE in training can draw: one Gaussian for each
 * class, or the standard one where the definition says so.
 */
final class QuickPrior {
  private static final int ROWS_PER_CLASS = 100;

  private final TrainingRun run;
  private final VaeArchitecture architecture;
  private final int classes;
  private final LabelledRows rows;

  /** Posterior means of some rows of a dataset. */
  @FunctionalInterface
  interface Means {
    /** (rows, latent). */
    float[] of(LabelledRows data, int[] rows);
  }

  QuickPrior(TrainingRun run, VaeArchitecture architecture, int classes) {
    this.run = run;
    this.architecture = architecture;
    this.classes = classes;
    Map<Integer, Integer> counts = new HashMap<>();
    this.rows =
        run.train()
            .select(
                IntStream.range(0, run.train().size())
                    .filter(
                        row ->
                            counts.merge(run.train().labels()[row], 1, Integer::sum)
                                <= ROWS_PER_CLASS)
                    .toArray());
  }

  LatentPrior fit(Means means) {
    return LatentPrior.fit(
        architecture.withOneGaussian(), rows, classes, run.seed(), some -> means.of(rows, some));
  }
}
