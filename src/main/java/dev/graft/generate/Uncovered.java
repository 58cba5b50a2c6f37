package dev.graft.generate;

import dev.graft.data.SampleId;
import dev.graft.score.Neighbourhood;
import dev.graft.score.ScoringContext;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Where the real data is thin: around real TUNE rows that real TRAIN rows of their class cover
 * least, in the features of the judge. Such a row has its {@value Neighbourhood#NEIGHBOURS}-th
 * nearest TRAIN row farther away than nine in ten TUNE rows have. TRAIN rows are the references of
 * the scorers, at most 1,000 of a class. Neither the examiner nor a TEST row is asked: what
 * measures must not steer.
 *
 * @param perClass share of the class's TUNE rows that lie in thin regions, by class id
 * @param sources the nearest TRAIN rows of all of them
 */
record Uncovered(double[] perClass, Set<SampleId> sources) {
  /** Version of what is thin, and of how often its rows have their turn. */
  static final int VERSION = 1;

  private static final double USUAL = 0.9;

  /** Of the real references of a run. */
  static Uncovered of(ScoringContext references) {
    int[] labels = references.tune().labels();
    float[] distances = references.neighbourhood().distances(references.tuneJudged(), labels);
    float[] last = new float[labels.length];
    for (int row = 0; row < last.length; row++) {
      last[row] = distances[(row + 1) * Neighbourhood.NEIGHBOURS - 1];
    }
    float[] ascending = last.clone();
    Arrays.sort(ascending);
    double[] thin = new double[references.schema().classes().size()];
    int[] rows = new int[thin.length];
    Set<SampleId> sources = new TreeSet<>();
    for (int row = 0; row < last.length; row++) {
      rows[labels[row]]++;
      if (last[row] > ascending[(int) (USUAL * last.length)]) {
        thin[labels[row]]++;
        addNearest(references, row, sources);
      }
    }
    for (int label = 0; label < thin.length; label++) {
      thin[label] /= Math.max(1, rows[label]);
    }
    return new Uncovered(thin, sources);
  }

  private static void addNearest(ScoringContext references, int row, Set<SampleId> sources) {
    int label = references.tune().labels()[row];
    int[] labels = references.reference().labels();
    record Distant(int train, double squared) {}
    IntStream.range(0, labels.length)
        .filter(train -> labels[train] == label)
        .mapToObj(train -> new Distant(train, squared(references, row, train)))
        .sorted(Comparator.comparingDouble(Distant::squared).thenComparingInt(Distant::train))
        .limit(Neighbourhood.NEIGHBOURS)
        .forEach(near -> sources.add(references.reference().ids().get(near.train())));
  }

  private static double squared(ScoringContext references, int tune, int train) {
    int size = references.tuneJudged().featureSize();
    float[] left = references.tuneJudged().features();
    float[] right = references.referenceJudged().features();
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double difference = (double) left[tune * size + i] - right[train * size + i];
      sum += difference * difference;
    }
    return sum;
  }
}
