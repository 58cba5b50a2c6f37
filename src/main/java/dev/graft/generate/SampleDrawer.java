package dev.graft.generate;

import dev.graft.data.GraftException;
import dev.graft.data.SampleBatch;
import dev.graft.data.SampleId;
import dev.graft.modality.PayloadCodec;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import java.util.Map;

/**
 * Draws candidates: generator, quantised values, stored form, ids. What a candidate is depends on
 * the model, the seed, the condition and the index alone. Thread-safe.
 */
public final class SampleDrawer {
  private static final int MOST_BYTES = 4 << 20;

  private final Sampler sampler;
  private final Controls controls;
  private final long seed;
  private final String modelDigest;
  private final PayloadCodec codec;
  private final int rowSize;

  /**
   * @param sampler a trained generator
   * @param controls the model's own knobs
   * @param seed of all draws
   * @param modelDigest content digest of the generator, for the ids
   * @param codec gives the stored form
   * @param rowSize values per row
   */
  public SampleDrawer(
      Sampler sampler,
      Controls controls,
      long seed,
      String modelDigest,
      PayloadCodec codec,
      int rowSize) {
    this.sampler = sampler;
    this.controls = controls;
    this.seed = seed;
    this.modelDigest = modelDigest;
    this.codec = codec;
    this.rowSize = rowSize;
  }

  /** Rows of one batch: one model call, at most 256 rows and 4 MiB. */
  public int batchRows() {
    return Math.max(
        1,
        Math.min(
            Math.min(sampler.batch(), SampleBatch.MAX_ROWS), MOST_BYTES / Math.max(1, rowSize)));
  }

  /**
   * The batch of a range that starts at {@code offset}: {@link #batchRows()} rows, or what is left.
   */
  public SampleBatch draw(CandidateRange range, int offset) {
    int rows = Math.min(batchRows(), range.count() - offset);
    long first = range.firstIndex() + offset;
    byte[] values = sampler.sample(range.condition(), seed, first, rows, controls);
    if (values.length != rows * rowSize) {
      throw GraftException.usage(
          "model %s draws rows of %d values, the data has rows of %d; load a model of this data's"
              + " shape",
          modelDigest, values.length / rows, rowSize);
    }
    SampleId[] ids = new SampleId[rows];
    byte[][] payloads = new byte[rows][];
    String key = range.condition().key();
    for (int row = 0; row < rows; row++) {
      ids[row] = SampleId.synthetic(modelDigest, seed, key, first + row);
      payloads[row] = codec.encode(values, row * rowSize);
    }
    return new SampleBatch(
        range.condition(), range.round(), first, ids, rowSize, values, payloads, Map.of());
  }
}
