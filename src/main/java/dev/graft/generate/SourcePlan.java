package dev.graft.generate;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/**
 * Which real train rows a candidate is made from: a function of seed, class and index alone. Each
 * row of a class has its turn before any has a second, in an order of each turn's own. Where some
 * rows are aimed at, every second candidate has its turns among those of its class alone.
 * Thread-safe.
 */
final class SourcePlan {
  private static final long TURN = 0x736f75726365L;
  private static final long AIMED = 0x61696d6564L;
  private static final long PARTNER = 0x706172746e6572L;
  private static final int OTHER_CLASS = 0;
  private static final int OTHER_ROW = 1;

  private final LabelledRows rows;
  private final long seed;
  private final Map<Integer, int[]> byClass = new TreeMap<>();
  private final Map<Integer, int[]> aimed = new TreeMap<>();
  private final Cache<List<Long>, int[]> turns = CacheBuilder.newBuilder().maximumSize(64).build();

  /**
   * @param rows real train rows in id order
   * @param seed of all draws
   */
  SourcePlan(LabelledRows rows, long seed) {
    this(rows, seed, Set.of());
  }

  /**
   * @param rows real train rows in id order
   * @param seed of all draws
   * @param aimed ids of rows that have more turns than others
   */
  SourcePlan(LabelledRows rows, long seed, Set<SampleId> aimed) {
    this.rows = rows;
    this.seed = seed;
    for (int label : IntStream.of(rows.labels()).distinct().toArray()) {
      byClass.put(
          label,
          IntStream.range(0, rows.size()).filter(row -> rows.labels()[row] == label).toArray());
    }
    byClass.forEach(
        (label, own) -> {
          int[] chosen =
              IntStream.of(own).filter(row -> aimed.contains(rows.ids().get(row))).toArray();
          if (chosen.length > 0) {
            this.aimed.put(label, chosen);
          }
        });
  }

  /** Position of the row whose turn it is. */
  int row(int label, long index) {
    int[] own = own(label);
    int[] chosen = aimed.get(label);
    if (chosen == null) {
      return turn(TURN, label, index, own);
    }
    boolean second = Math.floorMod(index, 2L) == 1;
    return turn(second ? AIMED : TURN, label, Math.floorDiv(index, 2L), second ? chosen : own);
  }

  private int turn(long kind, int label, long index, int[] among) {
    long turn = Math.floorDiv(index, (long) among.length);
    try {
      int[] order =
          turns.get(
              List.of(kind, (long) label, turn),
              () -> CounterRandom.of(seed, kind, label, turn).permutation(among.length));
      return among[order[(int) Math.floorMod(index, (long) among.length)]];
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Position of another row of the class than {@code row}.
   *
   * @throws GraftException (exit 3) when there is none
   */
  int rowBeside(int label, long index, int row) {
    int[] own = own(label);
    if (own.length < 2) {
      throw GraftException.input(
          "class %d has a single real train row; interpolate: rows needs two", label);
    }
    int other = own[partner(label, index).below(OTHER_ROW, own.length - 1)];
    return other == row ? own[own.length - 1] : other;
  }

  /**
   * Position of a row of another class.
   *
   * @throws GraftException (exit 3) when there is no other class
   */
  int rowOfAnotherClass(int label, long index) {
    List<Integer> others = new ArrayList<>(byClass.keySet());
    others.remove((Integer) label);
    if (others.isEmpty()) {
      throw GraftException.input("interpolate: classes needs real train rows of two classes");
    }
    CounterRandom random = partner(label, index);
    int[] theirs = byClass.get(others.get(random.below(OTHER_CLASS, others.size())));
    return theirs[random.below(OTHER_ROW, theirs.length)];
  }

  private CounterRandom partner(int label, long index) {
    return CounterRandom.of(seed, PARTNER, label, index);
  }

  private int[] own(int label) {
    int[] own = byClass.get(label);
    if (own == null) {
      throw GraftException.input(
          "class %d has no real train row to make samples from; leave augment.mode out", label);
    }
    return own;
  }

  /** The rows at some positions. */
  LabelledRows select(int[] positions) {
    return rows.select(positions);
  }
}
