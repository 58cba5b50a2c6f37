package dev.graft.data.parquet;

/**
 * The value of a media column.
 *
 * @param bytes the encoded file
 * @param path a file name with extension; may be null
 */
public record MediaValue(byte[] bytes, String path) {}
