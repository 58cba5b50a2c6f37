package dev.graft.generate;

import java.io.Serializable;
import java.util.List;

/**
 * The synthetic rows that are published for one run date.
 *
 * @param date {@code YYYY-MM-DD}
 * @param contentDigest of the dataset, whatever its files and their order
 * @param shards its Parquet files of synthetic rows, in the order of their names
 */
public record PublishedDate(String date, String contentDigest, List<Shard> shards)
    implements Serializable {
  public PublishedDate {
    shards = List.copyOf(shards);
  }

  /**
   * One file.
   *
   * @param location where it is
   * @param rows that it was published with
   */
  public record Shard(String location, long rows) implements Serializable {}

  /** Rows of all files. */
  public long rows() {
    return shards.stream().mapToLong(Shard::rows).sum();
  }
}
