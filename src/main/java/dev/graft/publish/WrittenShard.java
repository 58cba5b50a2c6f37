package dev.graft.publish;

import dev.graft.data.parquet.PartDigest;
import java.io.Serializable;

/**
 * A file that a dataset consists of.
 *
 * @param path below the dataset's root
 * @param rows in it
 * @param bytes its size
 * @param sha256 of its bytes, in lower-case hexadecimal
 * @param content what its rows are
 */
public record WrittenShard(String path, long rows, long bytes, String sha256, PartDigest content)
    implements Serializable {}
