package dev.graft.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.RecordCoder;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.PublishSpec;
import dev.graft.stage.CommitStage;
import dev.graft.stage.JoinableStage;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.OptionalCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * PUBLISH: checks the gates, moves the accepted rows (and, where asked for, the real ones) into the
 * shards of a folder of this attempt, describes them, and makes that folder the dated one in a
 * single step. Payload is read once and crosses the network once.
 */
public final class PublishStage implements JoinableStage {
  private static final int CODE_VERSION = 1;
  private static final Coder<KV<String, KV<String, byte[]>>> CLAIM_CODER =
      KvCoder.of(StringUtf8Coder.of(), KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of()));
  private static final Coder<KV<String, Long>> COUNT_CODER =
      KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of());
  private static final Coder<KV<ShardKey, DatasetRow>> ROW_CODER = WriteDatasetShards.inputCoder();

  @Override
  public StageName name() {
    return StageName.PUBLISH;
  }

  @Override
  public int codeVersion() {
    return CODE_VERSION;
  }

  @Override
  public List<StageName> inputs() {
    return List.of(StageName.INGEST, StageName.TRAIN, StageName.AUGMENT, StageName.EVALUATE);
  }

  @Override
  public JsonNode fingerprintPart(PipelineSpec spec, String runDate) {
    PublishSpec publish = spec.publish();
    return Json.tree(
        Map.of(
            "name", spec.name(),
            "run-date", runDate,
            "include-real", publish.includeReal(),
            "parts", publish.parts().stream().sorted().toList(),
            "rows-per-shard", publish.rowsPerShard(),
            "licence", publish.licence()));
  }

  @Override
  public void preflight(StageContext context) {
    PublishSpec publish = context.spec().publish();
    if (!publish.includeReal() && !publish.parts().isEmpty()) {
      throw GraftException.usage(
          "publish.parts asks for %s, which are real rows, but publish.include-real is false; set"
              + " it to true or leave parts out",
          publish.parts());
    }
    PublicationPlace place = PublicationPlace.of(context);
    if (!place.isDone()) {
      place.check(context.overwrite());
    }
  }

  @Override
  public boolean intact(StageContext context, StageOutput output) {
    return PublicationPlace.of(context).isDone();
  }

  @Override
  public Optional<String> delivered(StageContext context) {
    PublicationPlace place = PublicationPlace.of(context);
    return place.isDone() ? Optional.of(place.directory()) : Optional.empty();
  }

  @Override
  public PCollection<String> build(PCollection<String> start, StageContext context) {
    PCollectionTuple plan =
        start.apply(
            "PlanPublication",
            ParDo.of(new PlanPublication(context))
                .withOutputTags(
                    PlanPublication.NOTHING,
                    TupleTagList.of(PlanPublication.SELECTION).and(PlanPublication.REAL)));
    plan.get(PlanPublication.NOTHING).setCoder(StringUtf8Coder.of());
    PCollectionTuple decisions =
        plan.get(PlanPublication.SELECTION)
            .setCoder(StringUtf8Coder.of())
            .apply("SpreadDecisions", Reshuffle.viaRandomKey())
            .apply(
                "ReadDecisions",
                ParDo.of(new ReadDecisions(context))
                    .withOutputTags(
                        ReadDecisions.CLAIMS,
                        TupleTagList.of(ReadDecisions.REFUSED).and(ReadDecisions.COUNTS)));
    PCollection<KV<String, String>> realFiles =
        plan.get(PlanPublication.REAL)
            .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
            .apply("SpreadReal", Reshuffle.viaRandomKey());
    PCollection<KV<String, Long>> counts =
        PCollectionList.of(decisions.get(ReadDecisions.COUNTS).setCoder(COUNT_CODER))
            .and(
                realFiles
                    .apply("CountReal", ParDo.of(new MoveRealRows.CountFn(context)))
                    .setCoder(COUNT_CODER))
            .apply("AllCounts", Flatten.pCollections())
            .apply("CountRows", Sum.longsPerKey());
    PCollectionView<Map<String, Long>> countView = counts.apply("ShowCounts", View.asMap());

    PCollection<WrittenShard> shards =
        PCollectionList.of(synthetic(decisions, context, countView))
            .and(
                realFiles
                    .apply(
                        "MoveReal",
                        ParDo.of(new MoveRealRows(context, countView)).withSideInputs(countView))
                    .setCoder(ROW_CODER))
            .and(counts.apply("OpenShards", ParDo.of(new OpenFn(context))).setCoder(ROW_CODER))
            .apply("AllRows", Flatten.pCollections())
            .apply(
                "WriteDatasetShards",
                WriteDatasetShards.to(FinishPublication.staging(context), new Columns(context)));
    return finish(start, shards, context);
  }

  /** Accepted rows and the sample of refused ones, each candidate file read once. */
  private static PCollection<KV<ShardKey, DatasetRow>> synthetic(
      PCollectionTuple decisions,
      StageContext context,
      PCollectionView<Map<String, Long>> countView) {
    PCollection<KV<String, KV<String, byte[]>>> refused =
        decisions
            .get(ReadDecisions.REFUSED)
            .setCoder(CLAIM_CODER)
            .apply("GroupByReason", GroupByKey.create())
            .apply("SampleRefused", ParDo.of(new SampleRefused()))
            .setCoder(CLAIM_CODER);
    return PCollectionList.of(decisions.get(ReadDecisions.CLAIMS).setCoder(CLAIM_CODER))
        .and(refused)
        .apply("AllClaims", Flatten.pCollections())
        .apply("GroupByFile", GroupByKey.create())
        .apply(
            "MoveCandidates",
            ParDo.of(new MoveCandidates(context, countView)).withSideInputs(countView))
        .setCoder(ROW_CODER);
  }

  /** One last element, after every shard, even when there is none. */
  private static PCollection<String> finish(
      PCollection<String> start, PCollection<WrittenShard> shards, StageContext context) {
    Coder<Optional<WrittenShard>> coder = OptionalCoder.of(RecordCoder.of(WrittenShard.class));
    PCollection<Optional<WrittenShard>> none =
        start.apply("NoShard", MapElements.via(new NoShard())).setCoder(coder);
    PCollection<Optional<WrittenShard>> some =
        shards.apply("SomeShard", MapElements.via(new SomeShard())).setCoder(coder);
    return PCollectionList.of(none)
        .and(some)
        .apply("AllShards", Flatten.pCollections())
        .apply("WithOneKey", WithKeys.of("all"))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), coder))
        .apply("AwaitShards", GroupByKey.create())
        .apply("FinishPublication", ParDo.of(new FinishFn(context)))
        .setCoder(StringUtf8Coder.of())
        .apply("CommitStage", CommitStage.of(context));
  }

  private static final class NoShard extends SimpleFunction<String, Optional<WrittenShard>> {
    private static final long serialVersionUID = 1L;

    @Override
    public Optional<WrittenShard> apply(String start) {
      return Optional.empty();
    }
  }

  private static final class SomeShard
      extends SimpleFunction<WrittenShard, Optional<WrittenShard>> {
    private static final long serialVersionUID = 1L;

    @Override
    public Optional<WrittenShard> apply(WrittenShard shard) {
      return Optional.of(shard);
    }
  }

  /** Makes every shard's file exist. */
  private static final class OpenFn extends DoFn<KV<String, Long>, KV<ShardKey, DatasetRow>> {
    private static final long serialVersionUID = 1L;

    private final StageContext context;

    OpenFn(StageContext context) {
      this.context = context;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Long> rows, OutputReceiver<KV<ShardKey, DatasetRow>> out) {
      new ShardCounts(
              Map.of(rows.getKey(), rows.getValue()), context.spec().publish().rowsPerShard())
          .all(rows.getKey())
          .forEach(key -> out.output(WriteDatasetShards.opening(key)));
    }
  }

  /** The columns of each kind of file. */
  private static final class Columns implements SerializableFunction<String, List<Column>> {
    private static final long serialVersionUID = 1L;

    private final StageContext context;

    Columns(StageContext context) {
      this.context = context;
    }

    @Override
    public List<Column> apply(String prefix) {
      StageInputs inputs = new StageInputs(context);
      return prefix.equals(PlanPublication.REJECTED) ? inputs.rejectedColumns() : inputs.columns();
    }
  }

  private static final class FinishFn
      extends DoFn<KV<String, Iterable<Optional<WrittenShard>>>, String> {
    private static final long serialVersionUID = 1L;

    private final StageContext context;

    FinishFn(StageContext context) {
      this.context = context;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<Optional<WrittenShard>>> all, OutputReceiver<String> out) {
      List<WrittenShard> shards = new ArrayList<>();
      all.getValue().forEach(shard -> shard.ifPresent(shards::add));
      try {
        out.output(Json.canonical(new FinishPublication(context).finish(shards)));
      } catch (GraftException e) {
        throw Outcome.failed(context, e);
      }
    }
  }
}
