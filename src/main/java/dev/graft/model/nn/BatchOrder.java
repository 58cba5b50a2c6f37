package dev.graft.model.nn;

import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.model.TrainingRun;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which rows make up the batch of a step: every epoch is another order of all rows. Where classes
 * are uneven, an epoch can hold rows of small classes several times. A function of seed and step,
 * so a continued training needs no position. Not thread-safe.
 */
public final class BatchOrder {
  private static final long PURPOSE = 0x6f72646572L;
  private static final double EVEN = 2;

  private final long seed;
  private final int batch;
  private final int[][] classes;
  private final int[] draws;
  private final int length;
  private long epoch = -1;
  private int[] order;

  /** Every row once in an epoch. */
  public BatchOrder(long seed, int rows, int batch) {
    this(seed, batch, new int[][] {IntStream.range(0, rows).toArray()}, new int[] {rows});
  }

  private BatchOrder(long seed, int batch, int[][] classes, int[] draws) {
    this.seed = seed;
    this.batch = batch;
    this.classes = classes;
    this.draws = draws;
    this.length = Arrays.stream(draws).sum();
  }

  /** By the run's seed and {@code training.balance}. */
  public static BatchOrder of(TrainingRun run, int batch) {
    return of(run, run.seed(), batch);
  }

  /** The same with another seed. */
  public static BatchOrder of(TrainingRun run, long seed, int batch) {
    double balance = run.definition().training().path("balance").asDouble();
    return balanced(seed, run.train(), batch, balance);
  }

  /**
   * An epoch holds every row once, and those of small classes more often: with n rows of a class
   * and m of the largest, {@code n * max(1, m / 2n)^balance} in all. Classes that have half the
   * rows of the largest or more are left as they are.
   *
   * @param balance 0: every row once; 1: half as many of each class as of the largest, or more
   */
  static BatchOrder balanced(long seed, LabelledRows rows, int batch, double balance) {
    int count = 1 + Arrays.stream(rows.labels()).max().orElse(0);
    int[][] classes = new int[Math.max(1, count)][];
    for (int label = 0; label < classes.length; label++) {
      int wanted = label;
      classes[label] =
          IntStream.range(0, rows.size())
              .filter(row -> Math.max(0, rows.labels()[row]) == wanted)
              .toArray();
    }
    int most = Arrays.stream(classes).mapToInt(members -> members.length).max().orElseThrow();
    int[] draws = new int[classes.length];
    for (int label = 0; label < classes.length; label++) {
      int own = classes[label].length;
      double share = Math.max(1, most / (EVEN * own));
      draws[label] = own == 0 ? 0 : (int) Math.round(own * Math.pow(share, balance));
    }
    return Arrays.stream(draws).sum() == rows.size()
        ? new BatchOrder(seed, rows.size(), batch)
        : new BatchOrder(seed, batch, classes, draws);
  }

  /**
   * Row positions of a step.
   *
   * @param step from 0
   */
  public int[] rows(long step) {
    int[] chosen = new int[batch];
    for (int i = 0; i < batch; i++) {
      long position = step * batch + i;
      if (position / length != epoch) {
        epoch = position / length;
        order = order(epoch);
      }
      chosen[i] = order[(int) (position % length)];
    }
    return chosen;
  }

  private int[] order(long epoch) {
    int[] drawn = new int[length];
    int next = 0;
    for (int label = 0; label < classes.length; label++) {
      int[] members = classes[label];
      // Which of them come once more than others changes from epoch to epoch.
      boolean whole = draws[label] == members.length;
      int[] places =
          whole ? null : CounterRandom.of(seed, PURPOSE, epoch, label).permutation(members.length);
      for (int i = 0; i < draws[label]; i++) {
        drawn[next++] = members[whole ? i : places[i % members.length]];
      }
    }
    int[] order = CounterRandom.of(seed, PURPOSE, epoch).permutation(length);
    for (int i = 0; i < length; i++) {
      order[i] = drawn[order[i]];
    }
    return order;
  }
}
