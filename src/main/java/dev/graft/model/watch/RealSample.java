package dev.graft.model.watch;

import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.modality.RowGlance;
import dev.graft.modality.RowSimilarity;
import dev.graft.model.compare.Bins;
import dev.graft.model.compare.Clusters;
import dev.graft.model.compare.NeighbourBalls;
import dev.graft.model.compare.SortedRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A fixed set of tune rows, class after class, that drawn rows are compared with. Classes count
 * alike as far as they have rows; where none has {@value #LEAST}, all rows are one group.
 */
final class RealSample {
  static final double NEXT_TO = 0.15;
  private static final int LEAST = 8;
  private static final int NEIGHBOURS = 3;

  /** Of the mean distance of two real rows of any class. */
  private static final double NEAR = 0.25;

  /** Squared distances of real rows over what noise makes of them, from which on they tell. */
  private static final double NOISE_FACTOR = 2;

  private static final int ROWS_PER_BIN = 20;
  private static final int MOST_BINS = 100;
  private static final int PAIRS_PER_ROW = 2;
  private static final long CHOICE = 0x7761746368L;

  private final RowGlance glance;
  private final Optional<RowSimilarity> similarity;
  private final LabelledRows tune;
  private final double[] features;
  private final double near;
  private final List<Group> groups;
  private final Clusters clusters;
  private final int[] binned;
  private final SampleFigures reference;

  /**
   * Rows that are compared with each other.
   *
   * @param label their class, -1 for all together
   * @param from first position
   * @param to position after the last
   * @param balls around the real rows
   * @param radius within which another row is next to one
   * @param spread of the real rows
   */
  private record Group(
      int label, int from, int to, NeighbourBalls balls, double radius, Spread spread) {
    int size() {
      return to - from;
    }
  }

  /**
   * Sums over pairs.
   *
   * @param distance of features
   * @param unlikeness 1 - similarity
   * @param squares of the distances
   * @param noise what the squares would be of rows that differ by noise alone
   */
  private record Spread(double distance, double unlikeness, double squares, double noise) {
    static final Spread NONE = new Spread(0, 0, 0, 0);

    Spread plus(Spread other) {
      return new Spread(
          distance + other.distance,
          unlikeness + other.unlikeness,
          squares + other.squares,
          noise + other.noise);
    }

    /** Whether rows differ by more than their noise, which no model can be asked to learn. */
    boolean tells() {
      return squares > NOISE_FACTOR * noise;
    }

    /** 1 where the real rows tell of no variety. */
    double over(Spread real) {
      if (!real.tells()) {
        return 1;
      }
      return Math.max(
          distance / real.distance, real.unlikeness > 0 ? unlikeness / real.unlikeness : 0);
    }
  }

  /**
   * @param similarity of structure, where the modality has such a measure
   * @param most rows of each side
   * @param seed chooses them
   */
  RealSample(
      RowGlance glance,
      Optional<RowSimilarity> similarity,
      LabelledRows train,
      LabelledRows tune,
      int most,
      long seed) {
    this.glance = glance;
    this.similarity = similarity;
    SortedMap<Integer, List<Integer>> ofTune = byClass(tune, seed);
    SortedMap<Integer, List<Integer>> ofTrain = byClass(train, seed + 1);
    int share = Math.max(1, most / Math.max(1, ofTune.size()));
    List<Integer> chosen = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    ofTune.forEach(
        (label, rows) -> {
          List<Integer> beside = ofTrain.getOrDefault(label, List.of());
          int count = Math.min(share, Math.min(rows.size(), beside.size()));
          count = Math.min(count, most - chosen.size());
          chosen.addAll(rows.subList(0, count));
          others.addAll(beside.subList(0, count));
        });
    this.tune = tune.select(chosen.stream().mapToInt(Integer::intValue).toArray());
    this.features = features(this.tune.values());
    this.near = NEAR * meanDistance();
    this.groups = groups();
    int dimension = glance.dimension();
    int bins = Math.max(2, Math.min(MOST_BINS, size() / ROWS_PER_BIN));
    this.clusters =
        usable() ? Clusters.of(SortedRows.of(features, dimension), dimension, bins) : null;
    this.binned = usable() ? clusters.sizes(features) : null;
    this.reference =
        usable()
            ? of(train.select(others.stream().mapToInt(Integer::intValue).toArray()).values())
            : null;
  }

  /** Positions by class, in an order of their own. */
  private static SortedMap<Integer, List<Integer>> byClass(LabelledRows rows, long seed) {
    SortedMap<Integer, List<Integer>> positions = new TreeMap<>();
    for (int row : CounterRandom.of(seed, CHOICE).permutation(rows.size())) {
      positions.computeIfAbsent(rows.labels()[row], label -> new ArrayList<>()).add(row);
    }
    return positions;
  }

  private List<Group> groups() {
    List<Group> found = new ArrayList<>();
    for (int from = 0; from < size(); ) {
      int label = tune.labels()[from];
      int to = from;
      while (to < size() && tune.labels()[to] == label) {
        to++;
      }
      if (to - from >= LEAST) {
        found.add(group(label, from, to));
      }
      from = to;
    }
    return found.isEmpty() && size() >= LEAST ? List.of(group(-1, 0, size())) : found;
  }

  private Group group(int label, int from, int to) {
    double[] own = part(features, from, to);
    double[] nearest = nearest(own);
    Arrays.sort(nearest);
    Spread spread = spread(tune.values(), features, from, to);
    return new Group(
        label,
        from,
        to,
        balls(own),
        spread.tells() ? NEXT_TO * nearest[nearest.length / 2] : 0,
        spread);
  }

  private NeighbourBalls balls(double[] rows) {
    double[] radii = NeighbourBalls.radii(rows, glance.dimension(), NEIGHBOURS);
    double reach = glance.reach(); // what is near need not be good, only of its place
    Arrays.setAll(radii, row -> Math.max(near * near, reach * reach * radii[row]));
    return new NeighbourBalls(rows, radii, glance.dimension());
  }

  /** Whether there are rows enough to compare with. */
  boolean usable() {
    return !groups.isEmpty();
  }

  int size() {
    return tune.size();
  }

  /** Class of each row, in ascending order. */
  int[] labels() {
    return tune.labels();
  }

  /** The figures of as many real train rows. */
  SampleFigures reference() {
    return reference;
  }

  /**
   * The figures of drawn rows.
   *
   * @param values quantised, of {@link #labels}
   */
  SampleFigures of(byte[] values) {
    double[] drawn = features(values);
    double coverage = 0;
    double leastCoverage = Double.POSITIVE_INFINITY;
    double leastDiversity = Double.POSITIVE_INFINITY;
    int leastCovered = -1;
    int leastDiverse = -1;
    int duplicates = 0;
    int rows = 0;
    Spread together = Spread.NONE;
    Spread real = Spread.NONE;
    for (Group group : groups) {
      double[] own = part(drawn, group.from, group.to);
      double covered = covered(group, own);
      coverage += covered / groups.size();
      if (covered < leastCoverage) {
        leastCoverage = covered;
        leastCovered = group.label;
      }
      Spread spread = spread(values, drawn, group.from, group.to);
      if (spread.over(group.spread) < leastDiversity) {
        leastDiversity = spread.over(group.spread);
        leastDiverse = group.label;
      }
      together = together.plus(spread);
      real = real.plus(group.spread);
      duplicates += (int) Arrays.stream(nearest(own)).filter(d -> d < group.radius).count();
      rows += group.size();
    }
    Bins bins = Bins.of(binned, clusters.sizes(drawn));
    return new SampleFigures(
        coverage,
        leastCoverage,
        leastCovered,
        bins.different(),
        bins.missing(),
        together.over(real),
        leastDiversity,
        leastDiverse,
        (double) duplicates / rows);
  }

  private double covered(Group group, double[] drawn) {
    return Arrays.stream(group.balls.firstInside(drawn)).filter(p -> p < group.size()).count()
        / (double) group.size();
  }

  private double[] features(byte[] values) {
    int dimension = glance.dimension();
    double[] all = new double[values.length / tune.rowSize() * dimension];
    for (int row = 0; row < all.length / dimension; row++) {
      System.arraycopy(
          glance.features(values, row * tune.rowSize()), 0, all, row * dimension, dimension);
    }
    return all;
  }

  private double[] part(double[] all, int from, int to) {
    return Arrays.copyOfRange(all, from * glance.dimension(), to * glance.dimension());
  }

  /** Distance of each row to the nearest other. */
  private double[] nearest(double[] rows) {
    return Arrays.stream(NeighbourBalls.radii(rows, glance.dimension(), 1))
        .map(Math::sqrt)
        .toArray();
  }

  /** Over pairs of each row with the next two, around the end. */
  private Spread spread(byte[] values, double[] looks, int from, int to) {
    return IntStream.range(from, to)
        .boxed()
        .flatMap(
            row ->
                IntStream.rangeClosed(1, PAIRS_PER_ROW)
                    .mapToObj(
                        ahead ->
                            pair(values, looks, row, from + (row - from + ahead) % (to - from))))
        .reduce(Spread.NONE, Spread::plus);
  }

  private Spread pair(byte[] values, double[] looks, int first, int second) {
    int left = first * tune.rowSize();
    int right = second * tune.rowSize();
    double squares =
        NeighbourBalls.squaredDistance(looks, first, looks, second, glance.dimension());
    return new Spread(
        Math.sqrt(squares),
        similarity.map(measure -> 1 - measure.of(values, left, values, right)).orElse(0.0),
        squares,
        glance.dimension() * (glance.noise(values, left) + glance.noise(values, right)));
  }

  /** Of rows half of the sample apart, so mostly of different classes. */
  private double meanDistance() {
    return IntStream.range(0, size())
        .mapToDouble(
            row ->
                Math.sqrt(
                    NeighbourBalls.squaredDistance(
                        features, row, features, (row + size() / 2) % size(), glance.dimension())))
        .average()
        .orElse(0);
  }
}
