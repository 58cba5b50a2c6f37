package dev.graft.generate;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.graft.data.json.Json;
import dev.graft.modality.Modality;
import dev.graft.modality.SignatureScheme;
import dev.graft.score.BatchScoring;
import dev.graft.score.ScoringContext;
import dev.graft.score.SoftLabels;
import dev.graft.select.NearDuplicates;
import dev.graft.select.SelectionRules;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.GenerationMode;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One launch of AUGMENT as a worker sees it: plan, rules, models and references, each made once per
 * JVM when first needed. Everything here is a function of the committed inputs, so all workers
 * agree.
 */
final class AugmentRun {
  /** Version of what decides the content of a candidate file. */
  static final int CANDIDATE_VERSION = 5;

  private static final int ROWS_PER_SHARD = 50_000;
  private static final int LEAST_SHARDS = 4;
  private static final int MOST_SHARDS = 4096;
  private static final int ROWS_PER_PART = 25_000;
  private static final Cache<String, AugmentRun> RUNS =
      CacheBuilder.newBuilder().maximumSize(2).build();

  private final StageContext context;
  private final AugmentInputs inputs;
  private final AugmentInputs.Facts facts;
  private final Modality modality;
  private final SelectionRules rules;
  private final CandidateFiles files;
  private final AtomicLong made = new AtomicLong();
  private GenerationPlan plan;
  private SampleDrawer drawer;
  private ScoringContext references;
  private BatchScoring scoring;
  private double[] bounds;
  private List<PublishedDate> published;

  private AugmentRun(StageContext context, AugmentInputs inputs) {
    this.context = context;
    this.inputs = inputs;
    this.facts = inputs.facts(context);
    this.modality = inputs.modality(context);
    this.rules = SelectionRules.of(context.spec());
    this.files =
        new CandidateFiles(
            context.workDirectory(),
            candidateKey(),
            facts,
            context.drawSeed(),
            modality,
            rules.scorers(),
            softLabels());
  }

  /** The run of this launch in this JVM. */
  static AugmentRun of(StageContext context, AugmentInputs inputs) {
    try {
      return RUNS.get(context.attemptDirectory(), () -> new AugmentRun(context, inputs));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (com.google.common.util.concurrent.UncheckedExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private boolean softLabels() {
    return context.spec().augment().softLabels();
  }

  AugmentInputs.Facts facts() {
    return facts;
  }

  synchronized GenerationPlan plan() {
    if (plan == null) {
      AugmentSpec augment = context.spec().augment();
      GenerationPlan usual =
          GenerationPlan.of(augment, facts.trainRows(), facts.schema().classes());
      plan = augment.where() == null ? usual : usual.byNeed(need(augment.where()), augment);
    }
    return plan;
  }

  private double[] need(AugmentSpec.Where where) {
    ScoringContext real = loadedReferences();
    return switch (where) {
      case CONFUSIONS -> Confusions.perClass(real.tune().labels(), real.tuneJudged());
      case UNCOVERED -> Uncovered.of(real).perClass();
    };
  }

  SelectionRules rules() {
    return rules;
  }

  /** Parts of the selection, from what is wanted. */
  int parts() {
    return (int) Math.max(1, Math.min(10_000, (plan().wanted() - 1) / ROWS_PER_PART + 1));
  }

  /**
   * Shards over which the buckets of near-duplicates are spread. A row goes to each shard that has
   * one of its buckets, so few shards move less.
   */
  int duplicateShards() {
    long rows = plan().firstRound() + published().stream().mapToLong(PublishedDate::rows).sum();
    long filled = (rows - 1) / ROWS_PER_SHARD + 1;
    return (int) Math.max(LEAST_SHARDS, Math.min(MOST_SHARDS, filled));
  }

  /** What is published under earlier dates; nothing where that is not to be excluded. */
  synchronized List<PublishedDate> published() {
    if (published == null) {
      published = rules.published().isEmpty() ? List.of() : inputs.published(context);
    }
    return published;
  }

  NearDuplicates nearDuplicates() {
    return new NearDuplicates(signatures(), rules.dropRadius(signatures()));
  }

  SignatureScheme signatures() {
    return files.signatures();
  }

  /**
   * The content address of all candidates of this run: what they are and how they are scored, but
   * not the rules, so that a changed rule finds the candidates of the run before.
   */
  String candidateKey() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("version", CANDIDATE_VERSION);
    content.put("generator", facts.generatorDigest());
    content.put("seed", context.drawSeed());
    content.put("controls", context.spec().augment().controls());
    if (!context.spec().augment().wording().isEmpty()) {
      content.put("wording", context.spec().augment().wording());
    }
    content.put("schema", facts.schema());
    content.put("scorers", rules.scorers());
    if (!rules.terms().isEmpty()) {
      content.put("terms", rules.terms());
    }
    GenerationMode mode = context.spec().augment().mode();
    if (mode != null) {
      content.put("mode", AugmentStage.tagged(mode));
      content.put("derivation", DerivedDraws.VERSION);
      content.put("sources", mode.readsRows() ? context.fingerprint(StageName.INGEST) : "");
      if (mode.readsRows() && context.spec().augment().where() == AugmentSpec.Where.UNCOVERED) {
        content.put("aimed", List.of(Uncovered.VERSION, references().key()));
      }
    }
    if (!rules.scorers().isEmpty()) {
      content.put("references", references().key());
    }
    if (softLabels()) {
      content.put("soft-labels", List.of(SoftLabels.VERSION, facts.judgeDigest()));
    }
    return Json.digest(content).substring(0, 32);
  }

  ReferenceFile references() {
    return new ReferenceFile(
        context.workDirectory(),
        context.fingerprint(StageName.INGEST),
        facts.judgeDigest(),
        context.spec().seed());
  }

  CandidateFiles files() {
    return files;
  }

  /** Reads what earlier dates hold. */
  PublishedSignatures publishedSignatures() {
    return new PublishedSignatures(modality, facts.schema());
  }

  synchronized SampleDrawer drawer() {
    if (drawer == null) {
      drawer = SampleDrawer.of(context, inputs, this::loadedReferences);
    }
    return drawer;
  }

  /**
   * The judge, where soft labels or a row scorer of the rules ask it, and the references behind
   * these scorers; without any, scores nothing.
   */
  synchronized BatchScoring scoring() {
    if (scoring == null) {
      if (rules.scorers().isEmpty()) {
        scoring =
            new BatchScoring(softLabels() ? inputs.judge(context) : null, rules.scorers(), null);
      } else {
        scoring =
            new BatchScoring(
                inputs.judge(context), rules.scorers(), rules.terms(), loadedReferences());
      }
    }
    return scoring;
  }

  private synchronized ScoringContext loadedReferences() {
    if (references == null) {
      references = references().load(facts.schema(), context, inputs);
    }
    return references;
  }

  /** The bound of each rule; percentiles are of real tune rows. */
  synchronized double[] bounds() {
    if (bounds == null) {
      bounds = rules.bounds(rules.scorers().isEmpty() ? Map.of() : scoring().tuneScores());
    }
    return bounds;
  }

  /** What the near-duplicate rule would drop of the real references; null without such a rule. */
  RealDrops realDrops() {
    if (rules.drop().isEmpty()) {
      return null;
    }
    return RealDrops.of(
        loadedReferences().reference(),
        facts.schema(),
        signatures(),
        rules.dropRadius(signatures()));
  }

  /** Counts rows made by this JVM, for progress. */
  long countMade(int rows) {
    return made.addAndGet(rows);
  }
}
