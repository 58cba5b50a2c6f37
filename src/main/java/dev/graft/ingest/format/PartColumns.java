package dev.graft.ingest.format;

import dev.graft.modality.RecordDecoder;
import dev.graft.spec.SourceSpec;
import java.util.List;

/** The columns of the parts of a row, and a record of what they hold. */
final class PartColumns {
  private PartColumns() {}

  /** The names that a setting has: one, or several for rows of several parts. */
  static List<String> of(String setting) {
    return List.of(setting.split(SourceSpec.BETWEEN_COLUMNS, -1));
  }

  /** What {@link RecordDecoder} takes for a record of these parts. */
  static String record(List<String> parts) {
    return String.join(String.valueOf(RecordDecoder.BETWEEN), parts);
  }
}
