package dev.graft.ingest;

import java.util.Optional;

/**
 * One record as its source holds it.
 *
 * @param file name relative to the source's location
 * @param index position in that file
 * @param label class id
 * @param group value of the {@code split.by} column; empty for none
 * @param synthetic whether the record says that a model made it
 * @param content the encoded file, or the raw tensor
 * @param shape shape of a raw tensor; empty for an encoded file
 */
public record SourceRecord(
    String file,
    long index,
    int label,
    String group,
    boolean synthetic,
    byte[] content,
    Optional<int[]> shape) {}
