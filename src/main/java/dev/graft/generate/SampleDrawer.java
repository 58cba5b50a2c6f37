package dev.graft.generate;

import dev.graft.data.Condition;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.Part;
import dev.graft.data.SampleBatch;
import dev.graft.data.SampleId;
import dev.graft.modality.PayloadCodec;
import dev.graft.model.Answers;
import dev.graft.model.AskingSampler;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.score.ScoringContext;
import dev.graft.spec.AugmentSpec;
import dev.graft.stage.StageContext;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Draws candidates: generator, quantised values, stored form, ids. What a candidate is depends on
 * the model, the seed, the condition and the index alone, and on the mode and its real rows where
 * there is one. Thread-safe.
 */
public final class SampleDrawer {
  private static final int MOST_BYTES = 4 << 20;

  private final Sampler sampler;
  private final Controls controls;
  private final long seed;
  private final String modelDigest;
  private final PayloadCodec codec;
  private final int rowSize;
  private final DerivedDraws derived;

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
    this(sampler, controls, seed, modelDigest, codec, rowSize, null);
  }

  private SampleDrawer(
      Sampler sampler,
      Controls controls,
      long seed,
      String modelDigest,
      PayloadCodec codec,
      int rowSize,
      DerivedDraws derived) {
    this.sampler = sampler;
    this.controls = controls;
    this.seed = seed;
    this.modelDigest = modelDigest;
    this.codec = codec;
    this.rowSize = rowSize;
    this.derived = derived;
  }

  /** The drawer of a spec's {@code augment} section. */
  public static SampleDrawer of(StageContext context, AugmentInputs inputs) {
    return of(
        context,
        inputs,
        () ->
            ScoringContext.of(
                inputs.facts(context).schema(),
                inputs.judge(context),
                inputs.rows(context, Part.TRAIN),
                inputs.rows(context, Part.TUNE),
                context.spec().seed()));
  }

  /**
   * The drawer of a spec's {@code augment} section.
   *
   * @param references gives those of the scorers; asked only where they say what to draw from
   */
  static SampleDrawer of(
      StageContext context, AugmentInputs inputs, Supplier<ScoringContext> references) {
    AugmentInputs.Facts facts = inputs.facts(context);
    DatasetSchema schema = facts.schema();
    AugmentSpec augment = context.spec().augment();
    Sampler sampler = inputs.sampler(context);
    Controls controls = new Controls(augment.controls(), augment.wording());
    DerivedDraws derived =
        augment.mode() == null
            ? null
            : DerivedDraws.of(
                augment.mode(),
                sampler,
                schema,
                () -> inputs.rows(context, Part.TRAIN),
                () ->
                    augment.where() == AugmentSpec.Where.UNCOVERED
                        ? Uncovered.of(references.get()).sources()
                        : Set.of(),
                controls,
                context.drawSeed());
    return new SampleDrawer(
        sampler,
        controls,
        context.drawSeed(),
        facts.generatorDigest(),
        inputs.modality(context).codec(schema),
        schema.rowSize(),
        derived);
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
    return draw(range, offset, new AnswerLog());
  }

  /**
   * The same.
   *
   * @param log learns what came of it
   */
  SampleBatch draw(CandidateRange range, int offset, AnswerLog log) {
    int rows = Math.min(batchRows(), range.count() - offset);
    long first = range.firstIndex() + offset;
    DerivedDraws.Drawn drawn =
        derived == null
            ? new DerivedDraws.Drawn(
                drawn(range.condition(), first, rows),
                List.of(),
                Collections.nCopies(rows, range.condition().key()))
            : derived.draw(range.condition(), first, rows);
    log.add(offset, drawn.answers());
    byte[] values = drawn.answers().values();
    if (values.length != rows * rowSize) {
      throw GraftException.usage(
          "model %s draws rows of %d values, the data has rows of %d; load a model of this data's"
              + " shape",
          modelDigest, values.length / rows, rowSize);
    }
    SampleId[] ids = new SampleId[rows];
    byte[][] payloads = new byte[rows][];
    for (int row = 0; row < rows; row++) {
      ids[row] = SampleId.synthetic(modelDigest, seed, drawn.identities().get(row), first + row);
      payloads[row] = codec.encode(values, row * rowSize);
    }
    return new SampleBatch(
        range.condition(),
        range.round(),
        first,
        ids,
        rowSize,
        values,
        payloads,
        Map.of(),
        drawn.origins());
  }

  private Answers drawn(Condition condition, long first, int rows) {
    if (sampler instanceof AskingSampler asking) {
      long[] indices = LongStream.range(first, first + rows).toArray();
      return asking.ask(condition, null, seed, indices, controls);
    }
    return Answers.of(sampler.sample(condition, seed, first, rows, controls));
  }
}
