package dev.graft.data.parquet;

import java.io.Serializable;

/**
 * How a dataset file is laid out.
 *
 * @param rowGroupBytes a row group ends near this many bytes
 * @param rowGroupRows a row group never holds more rows than this
 * @param compressed whether columns other than media are compressed (Zstandard)
 * @param indexed whether statistics and page indexes are written for columns other than media
 */
public record WriteProfile(
    long rowGroupBytes, int rowGroupRows, boolean compressed, boolean indexed)
    implements Serializable {
  private static final long MIB = 1L << 20;

  /** For people and their engines: row groups of about 64 MiB, compressed and indexed. */
  public static final WriteProfile PUBLISHED =
      new WriteProfile(64 * MIB, Integer.MAX_VALUE, true, true);

  /** For the many small files that stages hand to each other: opens and closes fast. */
  public static final WriteProfile INTERNAL =
      new WriteProfile(64 * MIB, Integer.MAX_VALUE, false, false);

  public WriteProfile {
    if (rowGroupBytes < 1 || rowGroupRows < 1) {
      throw new IllegalArgumentException(
          "row groups of " + rowGroupBytes + " bytes and " + rowGroupRows + " rows; at least 1");
    }
  }

  /** This profile with at most {@code rows} rows in a row group. */
  public WriteProfile withRowGroupRows(int rows) {
    return new WriteProfile(rowGroupBytes, rows, compressed, indexed);
  }
}
