package dev.graft.ingest;

import com.google.common.hash.Hashing;
import dev.graft.data.CounterRandom;
import dev.graft.data.Part;
import dev.graft.data.SampleId;
import dev.graft.spec.SourceSpec.Take;
import dev.graft.spec.SplitSpec;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * Which part a row belongs to, by its split key alone: the hash of its content, or of its group.
 * Equal contents, or, where the split is by groups, rows of one group, are hence never divided, and
 * a row keeps its part when others come or go. Equal contents in different groups may be divided:
 * the summary counts and warns of them.
 *
 * @param seed of the run
 * @param split shares and grouping
 * @param take how many rows of a class are used
 */
record SplitRule(long seed, SplitSpec split, Take take) implements Serializable {
  private static final long PURPOSE = 0x73706C6974L;
  private static final long TAKE = 0x74616B65L;

  SplitRule(long seed, SplitSpec split) {
    this(seed, split, Take.ALL);
  }

  /** Hash of a row's content: SHA-256 of its values, cut to 128 bits. */
  static SampleId contentKey(RowBatch batch, int row) {
    return SampleId.ofBytes(
        Hashing.sha256()
            .hashBytes(batch.values(), row * batch.rowSize(), batch.rowSize())
            .asBytes());
  }

  /** The key that decides a row's part. */
  SampleId key(RowBatch batch, int row) {
    return split.grouped()
        ? SampleId.ofBytes(
            Hashing.sha256().hashString(batch.groups()[row], StandardCharsets.UTF_8).asBytes())
        : contentKey(batch, row);
  }

  /** The place of a key in the order of drawing, as an unsigned number. */
  long order(SampleId key) {
    return CounterRandom.of(seed, PURPOSE, key.high(), key.low()).bits(0);
  }

  /** The place of a key in the order in which rows are taken, which tells nothing of its part. */
  long takeOrder(SampleId key) {
    return CounterRandom.of(seed, TAKE, key.high(), key.low()).bits(0);
  }

  /** The part by threshold: right in the mean, for many keys. */
  Part byHash(SampleId key) {
    double place = (order(key) >>> 11) * 0x1.0p-53;
    if (place < split.test()) {
      return Part.TEST;
    }
    return place < split.test() + split.tune() ? Part.TUNE : Part.TRAIN;
  }

  /**
   * The part by rank among {@code keys} keys in the order of drawing: exact shares, for few keys.
   * Every part that is wanted gets at least one key, TRAIN first, then TUNE, then TEST.
   */
  Part byRank(int rank, int keys) {
    int test = split.test() > 0 ? atLeastOne(split.test() * keys) : 0;
    int tune = atLeastOne(split.tune() * keys);
    if (keys < 3) {
      test = 0;
      tune = keys - 1;
    }
    while (test + tune >= keys && test + tune > 0) {
      if (test >= tune) {
        test--;
      } else {
        tune--;
      }
    }
    if (rank < test) {
      return Part.TEST;
    }
    return rank < test + tune ? Part.TUNE : Part.TRAIN;
  }

  private static int atLeastOne(double share) {
    return Math.max(1, (int) Math.round(share));
  }
}
