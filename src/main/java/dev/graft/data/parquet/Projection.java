package dev.graft.data.parquet;

import java.util.List;
import java.util.Optional;

/**
 * Which columns to read; the bytes of others are not touched.
 *
 * @param columns names in the order in which a row's values come; empty for all
 * @param provenance whether {@code _graft} is read; when not, or when the file has none, {@link
 *     DatasetRow#provenance} is null
 */
public record Projection(Optional<List<String>> columns, boolean provenance) {
  private static final Projection ALL = new Projection(Optional.empty(), true);

  public Projection {
    columns = columns.map(List::copyOf);
  }

  /** Every column and {@code _graft}. */
  public static Projection all() {
    return ALL;
  }

  /** These columns and {@code _graft}. */
  public static Projection of(String... columns) {
    return new Projection(Optional.of(List.of(columns)), true);
  }

  /** The same columns without {@code _graft}. */
  public Projection withoutProvenance() {
    return new Projection(columns, false);
  }
}
