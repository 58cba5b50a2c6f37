package dev.graft.ingest;

import java.io.Serializable;
import java.util.List;

/**
 * A range with what its reader must know of the whole source.
 *
 * @param number position in the listing
 * @param official whether it is of the official test set
 * @param classes class names in id order
 * @param labels of which the classes are sets; empty where they are none
 * @param sourceRows records in all ranges together
 * @param range what to read
 */
record PlannedRange(
    int number,
    boolean official,
    List<String> classes,
    List<String> labels,
    long sourceRows,
    SourceRange range)
    implements Serializable {
  PlannedRange {
    classes = List.copyOf(classes);
    labels = List.copyOf(labels);
  }
}
