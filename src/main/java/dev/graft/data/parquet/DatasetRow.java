package dev.graft.data.parquet;

import java.util.List;
import java.util.Map;

/**
 * One row of a dataset file.
 *
 * @param values in column order; null for a missing value
 * @param provenance the {@code _graft} struct
 */
public record DatasetRow(Object[] values, Provenance provenance) {
  /**
   * Where a row comes from.
   *
   * @param sampleId 32 hexadecimal digits
   * @param synthetic whether a model made it
   * @param generator model name; null for real rows
   * @param modelVersion model digest; null for real rows
   * @param seed drawing seed; null for real rows
   * @param condition canonical condition; null for real rows
   * @param sourceIds ids of the real rows it derives from; empty for none
   * @param runId fingerprint of the run that wrote it; null in canonical shards
   * @param scores by scorer name
   */
  public record Provenance(
      String sampleId,
      boolean synthetic,
      String generator,
      String modelVersion,
      Long seed,
      String condition,
      List<String> sourceIds,
      String runId,
      Map<String, Double> scores) {

    /** Provenance of a real row. */
    public static Provenance real(String sampleId) {
      return new Provenance(sampleId, false, null, null, null, null, List.of(), null, Map.of());
    }
  }
}
