package dev.graft.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.RecordCoder;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.spec.PipelineSpec;
import dev.graft.stage.CommitStage;
import dev.graft.stage.Outcome;
import dev.graft.stage.Stage;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Reads the source, checks it, splits it into train, tune and test and writes canonical shards.
 *
 * <p>Output: {@code shards/}, {@code schema.json}, {@code statistics.json}, {@code rejects.jsonl}
 * (the first {@value ReadSummary#REJECTS_KEPT} by position) and {@code duplicates.json}. Read it
 * through {@link CanonicalDataset}.
 */
public final class IngestStage implements Stage {
  static final String REJECTS_FILE = "rejects.jsonl";
  private static final int CODE_VERSION = 2;

  @Override
  public StageName name() {
    return StageName.INGEST;
  }

  @Override
  public int codeVersion() {
    return CODE_VERSION;
  }

  @Override
  public List<StageName> inputs() {
    return List.of();
  }

  /**
   * @throws GraftException (exit 3) when the source is missing; (exit 2) when {@code split.by} does
   *     not fit the format
   */
  @Override
  public JsonNode fingerprintPart(PipelineSpec spec, String runDate) {
    reading(spec);
    Map<String, Object> part = new TreeMap<>();
    part.put("listing", SourceListing.of(spec.source()));
    part.put("format", spec.source().format());
    part.put("columns", columns(spec));
    if (spec.source().severalLabels()) {
      part.put("label-columns", labelColumns(spec));
      part.put("max-label-sets", spec.source().mostLabelSets());
    }
    part.put("official-test", spec.source().hasOfficialTest());
    Map<String, String> testColumns = testColumns(spec);
    if (!testColumns.isEmpty()) {
      part.put("test-columns", testColumns);
    }
    part.put("classes", spec.source().classes());
    part.put("allow-synthetic", spec.source().allowSynthetic());
    if (spec.source().allowSynthetic()) {
      part.put("synthetic-rows", "counted apart");
    }
    part.put("max-bad-records", spec.source().maxBadRecords());
    part.put("limits", spec.source().limits());
    part.put("modality", spec.modality());
    part.put("options", spec.modalityOptions());
    part.put("split", spec.split());
    if (!spec.source().take().all()) {
      part.put("take", spec.source().take());
    }
    return Json.tree(part);
  }

  private static Map<String, String> columns(PipelineSpec spec) {
    return stated(spec, SourceFormats.get(spec.source().format()).columns());
  }

  private static Map<String, String> labelColumns(PipelineSpec spec) {
    return stated(spec, SourceFormats.get(spec.source().format()).labelColumns());
  }

  /** What the official test set states otherwise than the source does. */
  private static Map<String, String> testColumns(PipelineSpec spec) {
    SourceFormat format = SourceFormats.get(spec.source().format());
    Map<String, String> columns = new TreeMap<>(stated(spec, format.columns()));
    columns.putAll(stated(spec, format.labelColumns()));
    Map<String, String> other = new TreeMap<>();
    columns.forEach(
        (key, value) -> {
          String stated = spec.source().testLocations().getOrDefault(key, value);
          if (!stated.equals(value)) {
            other.put(key, stated);
          }
        });
    return other;
  }

  private static Map<String, String> stated(PipelineSpec spec, Map<String, String> columns) {
    return columns.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                column -> spec.source().location(column.getKey()).orElse(column.getValue())));
  }

  private static ReadDataset reading(PipelineSpec spec) {
    return ReadDataset.of(spec.source(), spec.modality(), spec.modalityOptions())
        .withGroups(spec.split().by());
  }

  @Override
  public boolean intact(StageContext context, StageOutput output) {
    boolean described =
        output.has(
            IngestSummary.SCHEMA_FILE,
            IngestSummary.STATISTICS_FILE,
            IngestSummary.DUPLICATES_FILE,
            REJECTS_FILE);
    if (!described) {
      return false;
    }
    for (JsonNode part : output.summary().path("files")) {
      for (JsonNode file : part) {
        String location = output.file(file.path("name").asText());
        if (DatasetFileReader.countRows(location) != file.path("rows").asLong()) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public void build(Pipeline pipeline, StageContext context) {
    SplitRule rule =
        new SplitRule(
            context.spec().seed(), context.spec().split(), context.spec().source().take());
    PCollectionTuple read =
        pipeline.apply(
            "ReadSource",
            reading(context.spec())
                .withFailureHandler(failure -> Outcome.failed(context, failure)));
    PCollection<RowBatch> rows = read.get(ReadDataset.ROWS);
    PCollectionView<DatasetSchema> schema =
        read.get(ReadDataset.SCHEMA).apply("SchemaView", View.asSingleton());
    RecordCoder<ReadSummary> summaryCoder = RecordCoder.of(ReadSummary.class);
    PCollection<SplitPlan> plan =
        PCollectionList.of(
                rows.apply("SummariseRows", ParDo.of(new SummariseRowsFn(rule, context)))
                    .setCoder(summaryCoder))
            .and(
                read.get(ReadDataset.REJECTS)
                    .apply("SummariseRejects", ParDo.of(new SummariseRejectsFn()))
                    .setCoder(summaryCoder))
            .apply("BothSummaries", Flatten.pCollections())
            .apply("MergeSummaries", Combine.globally(new ReadSummary.Merge()))
            .setCoder(summaryCoder)
            .apply(
                "CheckAndSplit",
                ParDo.of(new DecideFn(context, rule, schema)).withSideInputs(schema))
            .setCoder(RecordCoder.of(SplitPlan.class));
    PCollectionView<SplitPlan> planView = plan.apply("PlanView", View.asSingleton());
    rows.apply("WriteShards", new WriteShards(context.attemptDirectory(), planView))
        .apply("Conclude", ParDo.of(new ConcludeFn(context, planView)).withSideInputs(planView))
        .setCoder(StringUtf8Coder.of())
        .apply("Commit", CommitStage.of(context));
  }

  private static final class SummariseRowsFn extends DoFn<RowBatch, ReadSummary> {
    private static final long serialVersionUID = 1L;

    private final SplitRule rule;
    private final String attempt;

    SummariseRowsFn(SplitRule rule, StageContext context) {
      this.rule = rule;
      this.attempt = context.attempt();
    }

    @ProcessElement
    public void process(@Element RowBatch batch, OutputReceiver<ReadSummary> out) {
      ReadProgress.add(attempt, batch.size(), batch.sourceRows());
      out.output(ReadSummary.of(batch, rule));
    }
  }

  private static final class SummariseRejectsFn extends DoFn<Reject, ReadSummary> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Reject reject, OutputReceiver<ReadSummary> out) {
      out.output(ReadSummary.of(reject));
    }
  }

  private static final class DecideFn extends DoFn<ReadSummary, SplitPlan> {
    private static final long serialVersionUID = 1L;

    private final StageContext context;
    private final SplitRule rule;
    private final PCollectionView<DatasetSchema> schemaView;

    DecideFn(StageContext context, SplitRule rule, PCollectionView<DatasetSchema> schemaView) {
      this.context = context;
      this.rule = rule;
      this.schemaView = schemaView;
    }

    @ProcessElement
    public void process(ProcessContext process) {
      ReadSummary summary = process.element();
      DatasetSchema schema = process.sideInput(schemaView);
      String file = Storage.resolve(context.attemptDirectory(), REJECTS_FILE);
      Storage.writeText(
          file,
          summary.firstRejects.stream()
              .map(reject -> Json.canonical(reject) + "\n")
              .collect(Collectors.joining()));
      try {
        SourceChecks.check(summary, schema, context.spec().source(), file);
      } catch (GraftException e) {
        throw Outcome.failed(context, e);
      }
      process.output(SplitPlan.of(schema, rule, summary));
    }
  }

  private static final class ConcludeFn extends DoFn<WriteReport, String> {
    private static final long serialVersionUID = 1L;

    private final StageContext context;
    private final PCollectionView<SplitPlan> planView;

    ConcludeFn(StageContext context, PCollectionView<SplitPlan> planView) {
      this.context = context;
      this.planView = planView;
    }

    @ProcessElement
    public void process(ProcessContext process) {
      IngestSummary summary = new IngestSummary(process.element(), process.sideInput(planView));
      try {
        summary.check();
      } catch (GraftException e) {
        throw Outcome.failed(context, e);
      }
      summary.writeFiles(context.attemptDirectory());
      process.output(Json.canonical(summary.figures()));
    }
  }
}
