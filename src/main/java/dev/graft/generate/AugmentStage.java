package dev.graft.generate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.score.SoftLabels;
import dev.graft.select.JudgedRows;
import dev.graft.select.SelectionNote;
import dev.graft.select.SelectionRules;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.SelectRule;
import dev.graft.stage.CommitStage;
import dev.graft.stage.JoinableStage;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import dev.graft.stage.WorkerMemory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * AUGMENT: plans, draws, scores and selects candidates. Rounds are unrolled: the ranges of a top-up
 * round come from the shortfall of the rounds before and are none when nothing is missing. Payloads
 * are written once, to candidate files; only ids, scores and signatures move between workers.
 */
public final class AugmentStage implements JoinableStage {
  private static final int CODE_VERSION = 6;
  private static final TupleTag<CandidateRange> RANGES = new TupleTag<>("ranges") {};
  private static final TupleTag<KV<Integer, SelectionNote>> EMPTY_PARTS =
      new TupleTag<>("empty-parts") {};

  private final AugmentInputs inputs;

  /** AUGMENT over the given inputs. */
  public AugmentStage(AugmentInputs inputs) {
    this.inputs = inputs;
  }

  @Override
  public StageName name() {
    return StageName.AUGMENT;
  }

  @Override
  public int codeVersion() {
    return CODE_VERSION;
  }

  @Override
  public List<StageName> inputs() {
    return List.of(StageName.INGEST, StageName.TRAIN);
  }

  @Override
  public JsonNode fingerprintPart(PipelineSpec spec, String runDate) {
    AugmentSpec augment = spec.augment();
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("target", tagged(augment.target()));
    part.put("controls", augment.controls());
    if (!augment.wording().isEmpty()) {
      part.put("wording", augment.wording());
    }
    part.put("oversample", augment.oversample());
    part.put("cap", augment.cap());
    part.put("rounds", augment.rounds());
    if (augment.minRows() > 0) {
      part.put("min-rows", augment.minRows());
    }
    part.put("select", spec.select().stream().map(AugmentStage::rule).toList());
    part.put("seed", spec.seed());
    part.put("run-date", runDate);
    if (augment.where() != null) {
      part.put("where", augment.where());
      if (augment.where() == AugmentSpec.Where.UNCOVERED) {
        part.put("uncovered", Uncovered.VERSION);
      }
    }
    if (augment.mode() != null) {
      part.put("mode", tagged(augment.mode()));
      part.put("derivation", DerivedDraws.VERSION);
    }
    if (augment.softLabels()) {
      part.put("soft-labels", SoftLabels.VERSION);
    }
    if (augment.excludePublished()) {
      part.put("exclude-published", published(inputs.publishedBefore(spec, runDate)));
    }
    return Json.tree(part);
  }

  /** Earlier dates by what they hold, whatever files it is in. */
  private static Map<String, String> published(List<PublishedDate> dates) {
    Map<String, String> digests = new TreeMap<>();
    dates.forEach(date -> digests.put(date.date(), date.contentDigest()));
    return digests;
  }

  /** A rule without the line it stands on. */
  private static Map<String, Object> rule(SelectRule rule) {
    Map<String, Object> part = new TreeMap<>();
    part.put("scorer", rule.scorer());
    part.put("kind", rule.kind());
    part.put("threshold", rule.threshold() == null ? Map.of() : tagged(rule.threshold()));
    if (!rule.terms().isEmpty()) {
      part.put("terms", rule.terms());
    }
    return part;
  }

  /** One of several records of a sealed type, with its name. */
  static Map<String, Object> tagged(Object value) {
    return Map.of("type", value.getClass().getSimpleName(), "value", Json.tree(value));
  }

  @Override
  public void preflight(StageContext context) {
    SelectionRules.of(context.spec());
  }

  @Override
  public boolean intact(StageContext context, StageOutput output) {
    String candidates = output.file("candidates.json");
    if (!output.has("candidates.json", "selection.json", "rejected/rejected.parquet")
        || decidedRows(output) != output.summary().path("candidates").asLong()) {
      return false;
    }
    for (JsonNode file : Json.read(Storage.read(candidates), JsonNode.class).path("files")) {
      if (!Storage.exists(Storage.resolve(context.workDirectory(), file.path("file").asText()))) {
        return false;
      }
    }
    return true;
  }

  private static long decidedRows(StageOutput output) {
    return Storage.list(output.file("selection")).stream()
        .mapToLong(part -> DatasetFileReader.countRows(part.location()))
        .sum();
  }

  @Override
  public PCollection<String> build(PCollection<String> start, StageContext context) {
    AugmentScope scope = new AugmentScope(context, inputs);
    SelectionRules rules = SelectionRules.of(context.spec());
    PCollectionTuple first =
        start.apply(
            "PlanFirstRound",
            ParDo.of(new PlanFirstRoundFn(scope))
                .withOutputTags(RANGES, TupleTagList.of(EMPTY_PARTS))
                .setResourceHints(WorkerMemory.forTensors()));
    PCollection<CandidateRange> ranges = first.get(RANGES).setCoder(CandidateRangeCoder.of());
    KvCoder<Integer, SelectionNote> notesCoder =
        KvCoder.of(VarIntCoder.of(), SelectionNoteCoder.of());
    PCollection<KV<Integer, SelectionNote>> emptyParts =
        first.get(EMPTY_PARTS).setCoder(notesCoder);

    List<PCollection<KV<Integer, SelectionNote>>> notes = new ArrayList<>();
    for (int round = 0; round < context.spec().augment().rounds(); round++) {
      if (round > 0) {
        ranges =
            PCollectionList.of(notes)
                .apply("NotesBeforeRound" + round, Flatten.pCollections())
                .apply("PlanRound" + round, new PlanRound(scope, round));
      }
      PCollection<CandidateRows> rows =
          ranges.apply(
              "MakeCandidates" + round,
              new MakeCandidates(scope, round).setResourceHints(WorkerMemory.forTensors()));
      notes.add(
          rows.apply(
              "JudgeCandidates" + round,
              new JudgeCandidates(scope, round).setResourceHints(WorkerMemory.forTensors())));
      if (rules.drop().isPresent()) {
        PCollectionTuple meeting = PCollectionTuple.of(MarkNearDuplicates.CANDIDATES, rows);
        if (rules.published().isPresent()) {
          meeting =
              meeting.and(
                  MarkNearDuplicates.PUBLISHED,
                  ranges.apply("ReadPublished" + round, new ReadPublished(scope)));
        }
        notes.add(
            meeting.apply("MarkNearDuplicates" + round, new MarkNearDuplicates(scope, round)));
      }
    }
    PCollectionTuple decided =
        PCollectionList.of(notes)
            .apply("AllNotes", Flatten.pCollections())
            .apply("DecideCandidates", new DecideCandidates(scope));
    PCollection<String> written =
        PCollectionList.of(decided.get(DecideCandidates.DECIDED))
            .and(emptyParts)
            .apply("AllParts", Flatten.pCollections())
            .apply("WriteSelection", new WriteSelection(scope));
    return PCollectionList.of(decided.get(DecideCandidates.REPORTS))
        .and(written)
        .apply("AllReports", Flatten.pCollections())
        .setCoder(StringUtf8Coder.of())
        .apply("SummariseSelection", new SummariseSelection(scope))
        .apply("Commit", CommitStage.of(context));
  }

  /**
   * Makes the references where there are none, so that workers only read them, and emits the first
   * ranges. Every part of the selection gets an empty piece, so that it is written even without
   * rows.
   */
  private static final class PlanFirstRoundFn extends AugmentFn<String, CandidateRange> {
    private static final long serialVersionUID = 1L;

    PlanFirstRoundFn(AugmentScope scope) {
      super(scope);
    }

    @DoFn.ProcessElement
    public void process(MultiOutputReceiver out) {
      AugmentRun run = run();
      guarded(run::bounds);
      run.plan().firstRanges().forEach(out.get(RANGES)::output);
      for (int part = 0; part < run.parts(); part++) {
        out.get(EMPTY_PARTS).output(KV.of(part, nothing()));
      }
    }

    private static JudgedRows nothing() {
      return new JudgedRows(0, 0, 0, 0, new int[0], new long[0], new byte[0], new float[0][]);
    }
  }
}
