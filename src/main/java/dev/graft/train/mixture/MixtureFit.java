package dev.graft.train.mixture;

import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.model.Classifier;
import dev.graft.model.Sampler;
import dev.graft.model.ensemble.EnsembleArchitecture.Fit;
import dev.graft.model.ensemble.EnsembleArchitecture.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Fits how often each member of an ensemble is drawn from, on real tune rows and in the features of
 * the judge. Every member draws as many rows as there are tune rows, of the same classes; mixtures
 * are made of the first rows of each and are always of that size too, so that no mixture gains by
 * being larger.
 */
public final class MixtureFit {
  private final Weights settings;
  private final Classifier judge;
  private final long seed;
  private final DatasetSchema schema;

  /**
   * @param settings what is made greatest, and the least weight
   * @param judge trained on real data only; not the examiner
   * @param seed of the draws
   */
  public MixtureFit(Weights settings, Classifier judge, long seed, DatasetSchema schema) {
    this.settings = settings;
    this.judge = judge;
    this.seed = seed;
    this.schema = schema;
  }

  /**
   * @param weights of the members, of 1
   * @param figures that the weights were chosen by: of the whole, {@code fitted-coverage}, and of
   *     each member alone, {@code member-1.fitted-coverage}
   */
  public record Result(double[] weights, Map<String, Double> figures) {
    public Result {
      figures = Map.copyOf(figures);
    }
  }

  /**
   * @param members open, in order
   * @param tune real rows; at most {@value MixturePools#MOST_ROWS} are looked at
   * @throws GraftException (exit 3) when there are none
   */
  public Result fit(List<Sampler> members, LabelledRows tune) {
    if (tune.size() == 0) {
      throw GraftException.input(
          "weights of an ensemble are fitted on tune rows, and there are none; see split.tune in"
              + " the spec, or write weights: given in the ensemble's definition");
    }
    MixturePools pools = MixturePools.draw(members, judge, tune, seed, schema);
    MixtureFigure figure =
        settings.fit() == Fit.COVERAGE
            ? MixtureCoverage.of(pools.tune(), pools.drawn(), pools.dimension())
            : new MixtureAccuracy(pools);
    double[] weights =
        new MixtureSearch(members.size(), settings.minWeight(), pools.size()).best(figure);
    String name = "fitted-" + settings.fit().name().toLowerCase(Locale.ROOT);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(name, figure.of(MixtureSearch.counts(weights, pools.size())));
    for (int member = 0; member < weights.length; member++) {
      int[] alone = new int[weights.length];
      alone[member] = pools.size();
      figures.put("member-" + (member + 1) + "." + name, figure.of(alone));
      figures.put("member-" + (member + 1) + ".weight", weights[member]);
    }
    return new Result(weights, figures);
  }
}
