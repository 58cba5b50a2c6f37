package dev.graft.modality.text;

import dev.graft.data.CounterRandom;
import java.util.Arrays;

/**
 * How often each of some non-negative numbers occurs: a hash table with open addressing and linear
 * probing, at most half full. Immutable, thread-safe.
 */
final class PackedCounts {
  private final long[] keys; // a number plus 1; 0 is free
  private final int[] counts;
  private final int mask;

  private PackedCounts(int different) {
    int size = Integer.highestOneBit(Math.max(1, different)) << 2;
    this.keys = new long[size];
    this.counts = new int[size];
    this.mask = size - 1;
  }

  /**
   * @param ascending numbers, each as often as it occurs
   */
  static PackedCounts of(long[] ascending) {
    PackedCounts table = new PackedCounts((int) Arrays.stream(ascending).distinct().count());
    for (int from = 0, to; from < ascending.length; from = to) {
      for (to = from + 1; to < ascending.length && ascending[to] == ascending[from]; to++) {}
      table.put(ascending[from], to - from);
    }
    return table;
  }

  private void put(long key, int count) {
    int slot = start(key);
    while (keys[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    keys[slot] = key + 1;
    counts[slot] = count;
  }

  private int start(long key) {
    return (int) CounterRandom.mix(key) & mask;
  }

  /** How often it occurs; 0 for not at all. */
  int count(long key) {
    int slot = start(key);
    while (keys[slot] != 0) {
      if (keys[slot] == key + 1) {
        return counts[slot];
      }
      slot = (slot + 1) & mask;
    }
    return 0;
  }
}
