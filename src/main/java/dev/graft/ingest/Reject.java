package dev.graft.ingest;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A record that was set aside.
 *
 * @param file name relative to the source's location; begins with {@code test:} in an official test
 *     set
 * @param index position in that file, from 0
 * @param reason short: {@code undecodable}, {@code wrong-size}, {@code oversized}, {@code
 *     mislabelled}, {@code synthetic}, {@code empty}
 * @param detail what exactly
 */
public record Reject(String file, long index, String reason, String detail)
    implements Comparable<Reject>, Serializable {
  private static final Comparator<Reject> BY_POSITION =
      Comparator.comparing(Reject::file)
          .thenComparingLong(Reject::index)
          .thenComparing(Reject::reason)
          .thenComparing(Reject::detail);

  @Override
  public int compareTo(Reject other) {
    return BY_POSITION.compare(this, other);
  }
}
