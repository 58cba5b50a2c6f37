package dev.graft.evaluate.run;

import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.evaluate.Evaluation;
import dev.graft.evaluate.copies.CopyCheck;
import dev.graft.evaluate.evidence.ClassGallery;
import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.evidence.MissedGallery;
import dev.graft.evaluate.evidence.ModelStory;
import dev.graft.evaluate.evidence.NeighbourPair;
import dev.graft.evaluate.evidence.Picture;
import dev.graft.evaluate.evidence.RefusedExamples;
import dev.graft.evaluate.run.EvaluateInputs.Role;
import dev.graft.evaluate.run.EvaluateRun.Draw;
import dev.graft.evaluate.run.Task.Kind;
import dev.graft.generate.SelectionSummary;
import dev.graft.modality.Modalities;
import dev.graft.modality.StoredPayload;
import dev.graft.model.StoredModel.ModelCard;
import dev.graft.select.SelectionRules;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Gathers what the report shows beside the figures. */
final class CollectEvidence {
  private static final int MOST_CLASSES = 40;
  private static final int PER_CLASS = 10;
  private static final int PER_RULE = 24;
  private static final int PAIRS = 16;

  private final EvaluateRun run;
  private final StageContext context;
  private final PictureBook book;
  private final boolean showsReal;

  CollectEvidence(EvaluateRun run) {
    this.run = run;
    this.context = run.context();
    this.book = new PictureBook(run.schema(), run.seed());
    this.showsReal = context.spec().publish().includeReal();
  }

  /**
   * @param results of all tasks, in order of their tasks
   */
  Evidence collect(Evaluation evaluation, List<TaskResult> results, SelectionSummary summary) {
    RuleTexts rules =
        new RuleTexts(
            SelectionRules.of(context.spec()).rules(),
            summary.thresholds(),
            Modalities.get(run.schema().modality()).signatures(run.schema()),
            summary.realDrops());
    return new Evidence(
        context.spec().name(),
        context.runDate(),
        showsReal,
        run.schema(),
        evaluation,
        galleries(),
        refused(summary, rules.byReason()),
        showsReal ? neighbours(results) : List.of(),
        missed(results),
        new CollectStrips(run, book, showsReal).collect(),
        Arrays.stream(Role.values()).map(this::story).toList(),
        ScoreSpreads.of(run.candidates(), rules.bounds()),
        provenance(),
        Json.tree(context.spec()));
  }

  private List<ClassGallery> galleries() {
    LabelledRows accepted = run.candidates().accepted();
    LabelledRows train = showsReal ? run.real(Part.TRAIN) : null;
    int shown = Math.min(MOST_CLASSES, run.classes());
    int strips = 3 * shown + 2 * SelectionRules.of(context.spec()).rules().size() + 4;
    int each = book.perStrip(accepted, strips, PER_CLASS);
    return IntStream.range(0, shown)
        .mapToObj(
            label ->
                new ClassGallery(
                    book.className(label),
                    showsReal ? book.draw(train, label, each) : List.of(),
                    book.draw(accepted, label, each)))
        .toList();
  }

  /** What the generator misses, of the first classes; pictures where real rows may be shown. */
  private List<MissedGallery> missed(List<TaskResult> results) {
    LabelledRows test = run.real(Part.TEST);
    int strips = 3 * Math.min(MOST_CLASSES, run.classes()) + 20;
    int each = showsReal ? book.perStrip(test, strips, PER_CLASS) : 0;
    return results.stream()
        .filter(result -> result.missed() != null)
        .flatMap(result -> result.missed().stream())
        .limit(MOST_CLASSES)
        .map(
            missed ->
                new MissedGallery(
                    book.className(missed.label()),
                    missed.rows(),
                    missed.missed(),
                    missed.missedByReal(),
                    missed.positions().stream()
                        .limit(each)
                        .map(position -> book.of(test, position))
                        .toList()))
        .toList();
  }

  private List<RefusedExamples> refused(SelectionSummary summary, Map<String, String> rules) {
    Map<String, List<Picture>> examples = showsReal ? examples() : Map.of();
    int most = book.perStrip(run.candidates().sample(), 2 * run.classes() + 20, PER_RULE);
    List<RefusedExamples> refused = new ArrayList<>();
    rules.forEach(
        (reason, text) ->
            refused.add(
                new RefusedExamples(
                    reason,
                    text,
                    summary.rejections().getOrDefault(reason, 0L),
                    spread(examples.getOrDefault(reason, List.of()), most))));
    return refused;
  }

  /** Refused candidates by reason. One that is too close to a real row shows that row. */
  private Map<String, List<Picture>> examples() {
    Map<String, List<Picture>> examples = new LinkedHashMap<>();
    for (Storage.Entry file : Storage.list(context.input(StageName.AUGMENT).file("rejected"))) {
      try (DatasetFileReader reader = DatasetFileReader.open(file.location())) {
        int payload =
            column(reader, Modalities.get(run.schema().modality()).payloadColumn().name());
        int label = column(reader, "label");
        int reason = column(reader, "reason");
        for (DatasetRow row : reader) {
          Object[] values = row.values();
          int known = values[label] == null ? 0 : ((Long) values[label]).intValue();
          examples
              .computeIfAbsent((String) values[reason], key -> new ArrayList<>())
              .add(
                  book.of(
                      StoredPayload.toBytes(values[payload]), known, row.provenance().sampleId()));
        }
      }
    }
    return examples;
  }

  private static int column(DatasetFileReader reader, String name) {
    return IntStream.range(0, reader.columns().size())
        .filter(i -> reader.columns().get(i).name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no column " + name));
  }

  /** Evenly spaced ones, so that all classes have a chance. */
  private static List<Picture> spread(List<Picture> pictures, int most) {
    int count = Math.min(most, pictures.size());
    return IntStream.range(0, count)
        .mapToObj(i -> pictures.get((int) ((long) i * pictures.size() / count)))
        .toList();
  }

  private List<NeighbourPair> neighbours(List<TaskResult> results) {
    int[] neighbours =
        results.stream()
            .filter(result -> result.task().kind() == Kind.ACCEPTED_COPIES)
            .flatMapToInt(result -> Arrays.stream(result.nearest().neighbours()))
            .toArray();
    long[] squared =
        results.stream()
            .filter(result -> result.task().kind() == Kind.ACCEPTED_COPIES)
            .flatMapToLong(result -> Arrays.stream(result.nearest().squared()))
            .toArray();
    Set<Integer> closest = closest(squared, run.candidates().accepted().labels());
    Set<Integer> drawn = new LinkedHashSet<>();
    int[] order = CounterRandom.of(run.seed(), Draw.PICTURES.ordinal()).permutation(squared.length);
    Arrays.stream(order).filter(row -> !closest.contains(row)).limit(PAIRS).forEach(drawn::add);
    List<NeighbourPair> pairs = new ArrayList<>();
    closest.forEach(row -> pairs.add(pair(row, neighbours[row], squared[row], true)));
    drawn.forEach(row -> pairs.add(pair(row, neighbours[row], squared[row], false)));
    return pairs;
  }

  /** The closest row of each class first, then whatever is next closest; nearest first. */
  private static Set<Integer> closest(long[] squared, int[] labels) {
    List<Integer> byDistance =
        IntStream.range(0, squared.length)
            .boxed()
            .sorted(
                Comparator.comparingLong((Integer row) -> squared[row]).thenComparing(row -> row))
            .toList();
    Set<Integer> classes = new HashSet<>();
    Set<Integer> chosen = new LinkedHashSet<>();
    byDistance.stream().filter(row -> classes.add(labels[row])).limit(PAIRS).forEach(chosen::add);
    byDistance.stream().limit(2L * PAIRS).filter(row -> chosen.size() < PAIRS).forEach(chosen::add);
    Set<Integer> ordered = new LinkedHashSet<>();
    byDistance.stream().filter(chosen::contains).forEach(ordered::add);
    return ordered;
  }

  private NeighbourPair pair(int row, int neighbour, long squared, boolean closest) {
    return new NeighbourPair(
        book.of(run.candidates().accepted(), row),
        book.of(run.real(Part.TRAIN), neighbour),
        CopyCheck.distance(squared),
        closest);
  }

  private ModelStory story(Role role) {
    ModelCard card = run.inputs().model(context, role).card();
    return new ModelStory(
        role.name().toLowerCase(Locale.ROOT),
        card.name(),
        card.definition().family(),
        card.digest(),
        card.bestStep(),
        card.figures(),
        card.history(),
        card.watch(),
        card.tuning());
  }

  private Map<String, String> provenance() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("dataset", context.spec().name());
    facts.put("seed", Long.toString(context.spec().seed()));
    if (!context.runDate().isEmpty()) {
      facts.put("run date", context.runDate());
    }
    for (StageName stage :
        List.of(StageName.INGEST, StageName.TRAIN, StageName.AUGMENT, StageName.EVALUATE)) {
      facts.put(stage.key() + " fingerprint", context.fingerprint(stage));
    }
    for (Role role : Role.values()) {
      ModelCard card = run.inputs().model(context, role).card();
      facts.put(role.name().toLowerCase(Locale.ROOT), card.name() + "@" + card.digest());
    }
    return facts;
  }
}
