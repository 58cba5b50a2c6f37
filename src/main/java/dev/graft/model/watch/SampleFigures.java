package dev.graft.model.watch;

import java.util.Map;
import java.util.TreeMap;

/**
 * How rows compare with as many real tune rows of the same classes, in features that nothing was
 * learnt for.
 *
 * @param coverage mean over classes of the share of real rows that have one of the rows near:
 *     within {@link dev.graft.modality.RowGlance#reach} times the distance to their third neighbour
 *     or a quarter of the mean distance of any two real rows (after Naeem et al. 2020,
 *     https://arxiv.org/abs/2002.09797). It is to tell missing modes, not poor ones
 * @param leastCoverage the same of the class with the least
 * @param leastCovered that class
 * @param differentBins share of k-means bins that hold another share of them (Richardson &amp;
 *     Weiss 2018, https://arxiv.org/abs/1805.12462)
 * @param missingBins share of bins that hold fewer
 * @param diversity how unlike rows of a class are, over that of the real ones: the greater of mean
 *     distance and, where the modality has it, 1 - MS-SSIM; 1 is as varied, and what it is where
 *     the real rows of a class differ by little more than the noise of their values
 * @param leastDiversity the same of the class with the least
 * @param leastDiverse that class
 * @param duplicates share of rows with another one of their class next to them: nearer than {@value
 *     RealSample#NEXT_TO} of the median distance of a real row to its neighbour
 */
public record SampleFigures(
    double coverage,
    double leastCoverage,
    int leastCovered,
    double differentBins,
    double missingBins,
    double diversity,
    double leastDiversity,
    int leastDiverse,
    double duplicates) {

  /** As a training's history has them. */
  public Map<String, Double> named() {
    return new TreeMap<>(
        Map.of(
            "watch-coverage", coverage,
            "watch-least-coverage", leastCoverage,
            "watch-different-bins", differentBins,
            "watch-missing-bins", missingBins,
            "watch-diversity", diversity,
            "watch-least-diversity", leastDiversity,
            "watch-duplicates", duplicates));
  }
}
