package dev.graft.evaluate;

import dev.graft.data.GraftException;
import dev.graft.evaluate.metric.Coverage;
import dev.graft.evaluate.metric.Density;
import dev.graft.evaluate.metric.DifferentBins;
import dev.graft.evaluate.metric.DistinctBigrams;
import dev.graft.evaluate.metric.DivergenceFrontier;
import dev.graft.evaluate.metric.FrechetDistance;
import dev.graft.evaluate.metric.KernelDistance;
import dev.graft.evaluate.metric.LengthDivergence;
import dev.graft.evaluate.metric.MsSsim;
import dev.graft.evaluate.metric.NewTrigrams;
import dev.graft.evaluate.metric.Perplexity;
import dev.graft.evaluate.metric.Precision;
import dev.graft.evaluate.metric.Recall;
import dev.graft.evaluate.metric.Repeats;
import dev.graft.evaluate.metric.SelfBleu;
import dev.graft.evaluate.metric.TwoSampleTest;
import dev.graft.evaluate.metric.VendiScore;
import dev.graft.evaluate.metric.VocabularyDivergence;
import java.util.List;

/** The registered metrics. */
public final class Metrics {
  private static final List<Metric> ALL =
      List.of(
          new FrechetDistance(),
          new KernelDistance(),
          new Precision(),
          new Recall(),
          new Density(),
          new Coverage(),
          new DifferentBins(),
          new VendiScore(),
          new MsSsim(),
          new Repeats(),
          new TwoSampleTest(),
          new SelfBleu(),
          new DistinctBigrams(),
          new NewTrigrams(),
          new LengthDivergence(),
          new VocabularyDivergence(),
          new Perplexity(),
          new DivergenceFrontier());

  private Metrics() {}

  public static List<Metric> all() {
    return ALL;
  }

  /** The metric of this name. */
  public static Metric get(String name) {
    return ALL.stream()
        .filter(metric -> metric.info().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                GraftException.usage(
                    "unknown metric \"%s\"; known: %s",
                    name, String.join(", ", ALL.stream().map(m -> m.info().name()).toList())));
  }
}
