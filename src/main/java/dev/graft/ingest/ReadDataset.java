package dev.graft.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.DatasetSchema;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.RecordCoder;
import dev.graft.modality.Modalities;
import dev.graft.modality.Modality;
import dev.graft.modality.RecordDecoder;
import dev.graft.spec.SourceSpec;
import dev.graft.stage.SpreadEvenly;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.beam.sdk.coders.BigEndianIntegerCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Reads labelled data in any registered source format and decodes it on the workers.
 *
 * <pre>{@code
 * PCollectionTuple read = pipeline.apply("ReadDigits", ReadDataset.of(source, "image", options));
 * PCollection<RowBatch> rows = read.get(ReadDataset.ROWS);
 * PCollection<Reject> rejects = read.get(ReadDataset.REJECTS);
 * }</pre>
 *
 * <p>The source is listed once, when the pipeline runs; its ranges are then read in parallel.
 * Bounded; rows are the same at any parallelism, their grouping into batches is not promised. A bad
 * record is one element of {@link #REJECTS}; a source that cannot be read at all fails the pipeline
 * with a {@link GraftException} (exit 3).
 */
public final class ReadDataset extends PTransform<PBegin, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The decoded rows. */
  public static final TupleTag<RowBatch> ROWS = new TupleTag<>("rows") {};

  /** The records that were set aside. */
  public static final TupleTag<Reject> REJECTS = new TupleTag<>("rejects") {};

  /** Exactly one element: what all rows have in common. */
  public static final TupleTag<DatasetSchema> SCHEMA = new TupleTag<>("schema") {};

  private static final TupleTag<KV<Integer, PlannedRange>> RANGES = new TupleTag<>("ranges") {};

  private final SourceSpec source;
  private final String modality;
  private final JsonNode options;
  private final String groupColumn;
  private final FailureHandler onFailure;

  private ReadDataset(
      SourceSpec source,
      String modality,
      JsonNode options,
      String groupColumn,
      FailureHandler onFailure) {
    this.source = source;
    this.modality = modality;
    this.options = options;
    this.groupColumn = groupColumn;
    this.onFailure = onFailure;
  }

  /**
   * @param source where the data is, with absolute locations
   * @param modality registered name, such as {@code image}
   * @param options the modality's section of a spec
   */
  public static ReadDataset of(SourceSpec source, String modality, JsonNode options) {
    return new ReadDataset(source, modality, options, "", failure -> failure);
  }

  /**
   * Also reads {@code column} into {@link RowBatch#groups}.
   *
   * @throws GraftException (exit 2) when the source format has no such columns
   */
  public ReadDataset withGroups(String column) {
    if (!column.isEmpty() && !SourceFormats.get(source.format()).hasGroups()) {
      throw GraftException.usage(
          "split.by is \"%s\" but the source format %s has no columns; remove split.by, or use the"
              + " format parquet",
          column, source.format());
    }
    return new ReadDataset(source, modality, options, column, onFailure);
  }

  /** Lets {@code handler} see an expected failure on the worker before it is thrown. */
  public ReadDataset withFailureHandler(FailureHandler handler) {
    return new ReadDataset(source, modality, options, groupColumn, handler);
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    PCollectionTuple listing =
        begin
            .apply("Start", Create.of("").withCoder(StringUtf8Coder.of()))
            .apply(
                "ListSource",
                ParDo.of(new ListFn(this)).withOutputTags(RANGES, TupleTagList.of(SCHEMA)));
    PCollection<DatasetSchema> schema =
        listing.get(SCHEMA).setCoder(RecordCoder.of(DatasetSchema.class));
    PCollectionTuple read =
        listing
            .get(RANGES)
            .setCoder(KvCoder.of(BigEndianIntegerCoder.of(), RecordCoder.of(PlannedRange.class)))
            .apply("SpreadRanges", SpreadEvenly.by(KV::getKey))
            .apply("DropNumbers", Values.create())
            .apply(
                "ReadAndDecode",
                ParDo.of(new ReadFn(this)).withOutputTags(ROWS, TupleTagList.of(REJECTS)));
    return PCollectionTuple.of(ROWS, read.get(ROWS).setCoder(RowBatchCoder.of()))
        .and(REJECTS, read.get(REJECTS).setCoder(RecordCoder.of(Reject.class)))
        .and(SCHEMA, schema);
  }

  private DatasetSchema schema(PlannedRange range) {
    return Modalities.get(modality).schema(options, range.classes()).withLabels(range.labels());
  }

  private static final class ListFn extends DoFn<String, KV<Integer, PlannedRange>> {
    private static final long serialVersionUID = 1L;

    private final ReadDataset settings;

    ListFn(ReadDataset settings) {
      this.settings = settings;
    }

    @ProcessElement
    public void process(MultiOutputReceiver out) {
      try {
        var ranges = SourcePlanner.plan(settings.source);
        out.get(SCHEMA).output(settings.schema(ranges.get(0)));
        for (PlannedRange range : ranges) {
          out.get(RANGES).output(KV.of(range.number(), range));
        }
      } catch (GraftException e) {
        throw settings.onFailure.handle(e);
      }
    }
  }

  private static final class ReadFn extends DoFn<PlannedRange, RowBatch> {
    private static final long serialVersionUID = 1L;

    private final ReadDataset settings;

    ReadFn(ReadDataset settings) {
      this.settings = settings;
    }

    @ProcessElement
    public void process(@Element PlannedRange range, MultiOutputReceiver out) {
      SourceSpec source = settings.source;
      try {
        Modality modality = Modalities.get(settings.modality);
        DatasetSchema schema = settings.schema(range);
        RecordDecoder decoder = modality.decoder(schema, settings.options, source.limits());
        RangeReader reader =
            new RangeReader(
                source,
                settings.groupColumn,
                range,
                schema,
                decoder,
                out.get(ROWS)::output,
                out.get(REJECTS)::output);
        SourceFormats.get(source.format()).read(range.range(), reader);
        reader.flush();
      } catch (IOException | UncheckedIOException e) {
        throw settings.onFailure.handle(
            new GraftException(
                ExitCode.INPUT,
                "cannot read the source "
                    + String.join(", ", source.locations().values())
                    + ": "
                    + SourceFiles.reason(e),
                e));
      } catch (GraftException e) {
        throw settings.onFailure.handle(e);
      }
    }
  }
}
