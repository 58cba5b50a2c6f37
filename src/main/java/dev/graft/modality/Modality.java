package dev.graft.modality;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.DatasetSchema;
import dev.graft.data.parquet.Column;
import dev.graft.spec.SourceSpec.RecordLimits;
import java.util.List;
import java.util.Optional;

/**
 * How one kind of data becomes quantised tensors and back. One implementation per folder under
 * {@code modality/}, registered in {@link Modalities}; nothing in the core asks which one it has.
 */
public interface Modality {
  /** The registered name, also the name of its section in the spec. */
  String name();

  /** Checks the modality's section of the spec and gives the schema of the canonical data. */
  DatasetSchema schema(JsonNode options, List<String> classes);

  /** Turns source records into canonical rows; throws {@link BadRecord} for those it refuses. */
  RecordDecoder decoder(DatasetSchema schema, JsonNode options, RecordLimits limits);

  /** Between a row's quantised tensor and its stored form. */
  PayloadCodec codec(DatasetSchema schema);

  /** The Parquet column that holds the stored form. */
  Column payloadColumn();

  /** Compact signatures whose distances find near-duplicates. */
  SignatureScheme signatures(DatasetSchema schema);

  /** How rows are compared where no model can be asked. */
  default RowGlance glance(DatasetSchema schema) {
    return RowGlance.of(profile(schema), schema.rowSize());
  }

  /** What tells whether a row is a copy of another: the stored values, where they can. */
  default RowProfile profile(DatasetSchema schema) {
    return RowProfile.stored(schema.rowSize());
  }

  /** How alike two rows are in their stored values; empty where no such measure is defined. */
  default Optional<RowSimilarity> similarity(DatasetSchema schema) {
    return Optional.empty();
  }

  /** What rows say in words; empty where they say nothing. */
  default Optional<RowText> text(DatasetSchema schema) {
    return Optional.empty();
  }

  /** Label-preserving classical augmentation of one row. */
  ClassicalAugmenter classical(DatasetSchema schema, JsonNode options);

  /** How a row is shown in the HTML report. */
  RowView view(DatasetSchema schema);

  /** Names and files used where the spec is silent. */
  ModalityDefaults defaults();
}
