package dev.graft.data;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A 128-bit identifier of one sample, a function of what the sample is: never of worker, bundle,
 * retry or clock. Ordered as two unsigned 64-bit words.
 */
public record SampleId(long high, long low) implements Comparable<SampleId>, Serializable {

  /**
   * The id of a synthetic sample.
   *
   * @param modelDigest content digest of the generator's weights and definition
   * @param seed the seed of the run, already combined with the date of a dated run
   * @param conditionKey {@link Condition#key()}
   * @param index position within the condition, from 0
   */
  public static SampleId synthetic(String modelDigest, long seed, String conditionKey, long index) {
    Hasher hasher = Hashing.sha256().newHasher();
    hasher.putString(modelDigest, StandardCharsets.UTF_8).putByte((byte) 0);
    hasher.putLong(seed);
    hasher.putString(conditionKey, StandardCharsets.UTF_8).putByte((byte) 0);
    hasher.putLong(index);
    return ofBytes(hasher.hash().asBytes());
  }

  /** The id of a real record, from its source position (relative file name and index in it). */
  public static SampleId real(String relativeFile, long index) {
    Hasher hasher = Hashing.sha256().newHasher();
    hasher.putString(relativeFile, StandardCharsets.UTF_8).putByte((byte) 0).putLong(index);
    return ofBytes(hasher.hash().asBytes());
  }

  /** The first 16 bytes, big-endian. */
  public static SampleId ofBytes(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new SampleId(buffer.getLong(), buffer.getLong());
  }

  /** Parses {@link #hex()}. */
  public static SampleId ofHex(String hex) {
    return new SampleId(
        Long.parseUnsignedLong(hex.substring(0, 16), 16),
        Long.parseUnsignedLong(hex.substring(16, 32), 16));
  }

  /** 32 lower-case hexadecimal digits. */
  public String hex() {
    HexFormat digits = HexFormat.of();
    return digits.toHexDigits(high) + digits.toHexDigits(low);
  }

  /** The output shard of this sample among {@code shards}. */
  public int shard(int shards) {
    return (int) Long.remainderUnsigned(low, shards);
  }

  @Override
  public int compareTo(SampleId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return hex();
  }
}
