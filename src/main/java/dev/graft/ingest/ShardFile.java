package dev.graft.ingest;

import java.io.Serializable;

/**
 * One canonical file.
 *
 * @param part {@link dev.graft.data.Part#key()}
 * @param name relative to the stage's output folder
 * @param rows rows in it
 */
public record ShardFile(String part, String name, long rows)
    implements Comparable<ShardFile>, Serializable {
  @Override
  public int compareTo(ShardFile other) {
    return name.compareTo(other.name);
  }
}
