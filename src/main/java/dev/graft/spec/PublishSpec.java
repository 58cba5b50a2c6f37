package dev.graft.spec;

import java.io.Serializable;
import java.util.List;

/**
 * Where and what to publish.
 *
 * @param to absolute directory that holds the dated folders
 * @param includeReal whether the real train rows are published beside the synthetic ones
 * @param parts further real parts to publish: {@code tune} as validation, {@code test}
 * @param rowsPerShard rows of one Parquet file
 * @param licence SPDX name or text for the dataset card; may be empty
 * @param allowSchemaChange whether columns or class ids may differ from the date before
 */
public record PublishSpec(
    String to,
    boolean includeReal,
    List<String> parts,
    int rowsPerShard,
    String licence,
    boolean allowSchemaChange)
    implements Serializable {
  public PublishSpec {
    parts = List.copyOf(parts);
  }
}
