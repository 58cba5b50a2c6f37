package dev.graft.publish;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;

/**
 * One file of a sharded dataset.
 *
 * @param prefix path below the dataset's root without shard number, such as {@code
 *     data/synthetic/train}
 * @param index from 0
 * @param count shards of this prefix
 */
public record ShardKey(String prefix, int index, int count) {
  /** Path below the dataset's root, such as {@code data/synthetic/train-00000-of-00004.parquet}. */
  public String path() {
    return String.format(Locale.ROOT, "%s-%05d-of-%05d.parquet", prefix, index, count);
  }

  public static Coder<ShardKey> coder() {
    return ShardKeyCoder.INSTANCE;
  }

  private static final class ShardKeyCoder extends AtomicCoder<ShardKey> {
    private static final long serialVersionUID = 1L;
    private static final ShardKeyCoder INSTANCE = new ShardKeyCoder();

    @Override
    public void encode(ShardKey key, OutputStream out) throws IOException {
      StringUtf8Coder.of().encode(key.prefix, out);
      VarInt.encode(key.index, out);
      VarInt.encode(key.count, out);
    }

    @Override
    public ShardKey decode(InputStream in) throws IOException {
      return new ShardKey(
          StringUtf8Coder.of().decode(in), VarInt.decodeInt(in), VarInt.decodeInt(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
