package dev.graft.ingest;

import dev.graft.data.SampleId;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.transforms.Combine;

/**
 * What the split and the checks must know of all rows and rejects together. Sums and smallest
 * elements only, so that any order of merging gives the same.
 */
final class ReadSummary implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Rejects that are kept with their positions. */
  static final int REJECTS_KEPT = 10_000;

  /** Keys per stratum that are kept: a stratum with fewer is known whole. */
  static final int KEYS_KEPT = 100;

  /** The one stratum of a split by groups. */
  static final int ALL_GROUPS = -1;

  /** The first keys of a stratum in the order of drawing. */
  record RankedKey(long order, SampleId key) implements Comparable<RankedKey>, Serializable {
    private static final Comparator<RankedKey> ORDER =
        Comparator.<RankedKey, Long>comparing(ranked -> ranked.order, Long::compareUnsigned)
            .thenComparing(RankedKey::key);

    @Override
    public int compareTo(RankedKey other) {
      return ORDER.compare(this, other);
    }
  }

  /** Real rows of the source by class, without its official test set. */
  final TreeMap<Integer, Long> rows = new TreeMap<>();

  long officialRows;
  long syntheticRows;
  final TreeMap<String, Long> rejected = new TreeMap<>();
  final TreeSet<Reject> firstRejects = new TreeSet<>();

  /** Class id, or {@link #ALL_GROUPS}, to the first distinct keys. */
  final TreeMap<Integer, TreeSet<RankedKey>> strata = new TreeMap<>();

  /** Class id to the keys that come first among those to take; empty when all are taken. */
  final TreeMap<Integer, TreeSet<RankedKey>> taken = new TreeMap<>();

  /** Keys of a class that are kept in {@link #taken}. */
  private int takeAtMost;

  static ReadSummary of(RowBatch batch, SplitRule rule) {
    ReadSummary summary = new ReadSummary();
    summary.takeAtMost = rule.take().largest();
    for (int row = 0; row < batch.size(); row++) {
      if (batch.official()) {
        summary.officialRows++;
      } else if (batch.synthetic()[row]) {
        summary.syntheticRows++;
      } else {
        int label = batch.labels()[row];
        summary.rows.merge(label, 1L, Long::sum);
        SampleId key = rule.key(batch, row);
        add(
            summary.strata.computeIfAbsent(
                rule.split().grouped() ? ALL_GROUPS : label, stratum -> new TreeSet<>()),
            new RankedKey(rule.order(key), key),
            KEYS_KEPT);
        if (!rule.take().all()) {
          add(
              summary.taken.computeIfAbsent(label, of -> new TreeSet<>()),
              new RankedKey(rule.takeOrder(key), key),
              summary.takeAtMost);
        }
      }
    }
    return summary;
  }

  static ReadSummary of(Reject reject) {
    ReadSummary summary = new ReadSummary();
    summary.rejected.put(reject.reason(), 1L);
    summary.firstRejects.add(reject);
    return summary;
  }

  /** Records set aside. */
  long rejectedRows() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Records taken. */
  long takenRows() {
    return officialRows + syntheticRows + rows.values().stream().mapToLong(Long::longValue).sum();
  }

  private void merge(ReadSummary other) {
    other.rows.forEach((label, count) -> rows.merge(label, count, Long::sum));
    officialRows += other.officialRows;
    syntheticRows += other.syntheticRows;
    other.rejected.forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
    other.firstRejects.forEach(reject -> add(firstRejects, reject, REJECTS_KEPT));
    for (Map.Entry<Integer, TreeSet<RankedKey>> stratum : other.strata.entrySet()) {
      TreeSet<RankedKey> keys =
          strata.computeIfAbsent(stratum.getKey(), ignored -> new TreeSet<>());
      stratum.getValue().forEach(key -> add(keys, key, KEYS_KEPT));
    }
    takeAtMost = Math.max(takeAtMost, other.takeAtMost);
    other.taken.forEach(
        (label, keys) -> {
          TreeSet<RankedKey> first = taken.computeIfAbsent(label, ignored -> new TreeSet<>());
          keys.forEach(key -> add(first, key, takeAtMost));
        });
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReadSummary that
        && rows.equals(that.rows)
        && officialRows == that.officialRows
        && syntheticRows == that.syntheticRows
        && rejected.equals(that.rejected)
        && firstRejects.equals(that.firstRejects)
        && strata.equals(that.strata)
        && taken.equals(that.taken)
        && takeAtMost == that.takeAtMost;
  }

  @Override
  public int hashCode() {
    return Objects.hash(rows, officialRows, syntheticRows, rejected);
  }

  private static <T extends Comparable<T>> void add(TreeSet<T> smallest, T element, int kept) {
    if (smallest.size() < kept) {
      smallest.add(element);
    } else if (element.compareTo(smallest.last()) < 0 && smallest.add(element)) {
      smallest.pollLast();
    }
  }

  /** Adds summaries up. */
  static final class Merge extends Combine.CombineFn<ReadSummary, ReadSummary, ReadSummary> {
    private static final long serialVersionUID = 1L;

    @Override
    public ReadSummary createAccumulator() {
      return new ReadSummary();
    }

    @Override
    public ReadSummary addInput(ReadSummary accumulator, ReadSummary input) {
      accumulator.merge(input);
      return accumulator;
    }

    @Override
    public ReadSummary mergeAccumulators(Iterable<ReadSummary> accumulators) {
      ReadSummary merged = new ReadSummary();
      accumulators.forEach(merged::merge);
      return merged;
    }

    @Override
    public ReadSummary extractOutput(ReadSummary accumulator) {
      return accumulator;
    }
  }
}
