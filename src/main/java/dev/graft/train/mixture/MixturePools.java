package dev.graft.train.mixture;

import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.model.Classifier;
import dev.graft.model.Sampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Features of real rows and of as many drawn ones of each member. The classes take turns by their
 * shares, so that the first rows of a pool, however many, have the classes of the whole.
 *
 * @param labels (n), of the real rows and of every pool
 * @param tune (n, dimension)
 * @param drawn per member (n, dimension)
 */
record MixturePools(int[] labels, double[] tune, List<double[]> drawn, int dimension) {
  /** Most real rows, and most drawn rows of a member. */
  static final int MOST_ROWS = 2_000;

  private static final long CHOICE = 0x706f6f6cL;

  MixturePools {
    drawn = List.copyOf(drawn);
  }

  int size() {
    return labels.length;
  }

  static MixturePools draw(
      List<Sampler> members, Classifier judge, LabelledRows tune, long seed, DatasetSchema schema) {
    LabelledRows real = tune.select(inTurns(tune.labels(), seed));
    int[] labels = real.labels();
    List<double[]> drawn = new ArrayList<>();
    for (Sampler member : members) {
      byte[] rows = rows(member, labels, seed, schema);
      drawn.add(features(judge, rows, labels.length));
    }
    return new MixturePools(
        labels, features(judge, real.values(), labels.length), drawn, judge.featureSize());
  }

  /** Positions of the chosen rows. */
  private static int[] inTurns(int[] labels, long seed) {
    int[] chosen =
        Arrays.stream(CounterRandom.of(seed, CHOICE).permutation(labels.length))
            .limit(MOST_ROWS)
            .toArray();
    int[] totals = new int[1 + Arrays.stream(labels).max().orElse(0)];
    Arrays.stream(chosen).forEach(row -> totals[labels[row]]++);
    int[] seen = new int[totals.length];
    double[] turns = new double[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      int label = labels[chosen[i]];
      turns[i] = (seen[label]++ + 0.5) / totals[label];
    }
    return IntStream.range(0, chosen.length)
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer i) -> turns[i])
                .thenComparing(i -> labels[chosen[i]]))
        .mapToInt(i -> chosen[i])
        .toArray();
  }

  private static byte[] rows(Sampler member, int[] labels, long seed, DatasetSchema schema) {
    int rowSize = schema.rowSize();
    byte[] rows = new byte[labels.length * rowSize];
    for (int label : Arrays.stream(labels).distinct().toArray()) {
      int[] places =
          IntStream.range(0, labels.length).filter(row -> labels[row] == label).toArray();
      Condition condition = Condition.ofLabel(schema.classes().isEmpty() ? -1 : label);
      for (int first = 0; first < places.length; first += member.batch()) {
        int count = Math.min(member.batch(), places.length - first);
        byte[] part = member.sample(condition, seed, first, count, Sampler.Controls.NONE);
        for (int i = 0; i < count; i++) {
          System.arraycopy(part, i * rowSize, rows, places[first + i] * rowSize, rowSize);
        }
      }
    }
    return rows;
  }

  /** (count, dimension). */
  private static double[] features(Classifier judge, byte[] rows, int count) {
    float[] features = judge.predict(rows, count).features();
    return IntStream.range(0, features.length).mapToDouble(i -> features[i]).toArray();
  }
}
