package dev.graft.train;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.Counters;
import dev.graft.data.DatasetSchema;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.data.json.SealedJson;
import dev.graft.model.DefinitionReader;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.TrainingPaused;
import dev.graft.model.TuneFigure;
import dev.graft.model.tune.Halving;
import dev.graft.model.tune.Halving.Rung;
import dev.graft.model.tune.SearchSpace;
import dev.graft.model.tune.TunePlan;
import dev.graft.model.tune.TuningStory;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.spec.TuneSpec;
import dev.graft.stage.StageContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the settings that the generator of a run is trained with, on tune rows. Trials are
 * trainings of {@code tune.steps} steps, which pause at the end of each rung and go on from their
 * checkpoint. Results and checkpoints are in {@code <stage folder>/trials/<number>/}, shared by
 * attempts: whoever asks for a result that is not there trains for it.
 */
final class Tuning {
  /**
   * Keys of {@code training} that say how many of the steps are those of a first phase, and the
   * fewest evaluations of it.
   */
  private static final Map<String, Integer> FIRST_PHASES =
      Map.of("autoencoder-steps", 0, "tokenizer-steps", 1);

  private static final Logger LOG = LoggerFactory.getLogger(Tuning.class);
  private static final long DRAWS = 0x747269616c73L;

  private final StageContext context;
  private final Define define;
  private final ModelDefinition own;
  private final TunePlan plan;
  private final List<SortedMap<String, JsonNode>> settings;
  private final ModelTraining models;

  private Tuning(StageContext context, Define define, RealRows rows) {
    this.context = context;
    this.define = define;
    this.own = ModelDefinition.of(define.definition());
    TuneSpec spec = define.tune();
    this.plan = TunePlan.of(own, spec);
    this.settings =
        SearchSpace.of(spec.ranges()).trials(own, spec.trials(), context.spec().seed() ^ DRAWS);
    this.models = new ModelTraining(context, rows);
  }

  /** That of a run whose generator is tuned. */
  static Optional<Tuning> of(StageContext context, RealRows rows) {
    return context.spec().models().generator() instanceof Define define && define.tune() != null
        ? Optional.of(new Tuning(context, define, rows))
        : Optional.empty();
  }

  List<Rung> rungs() {
    return plan.halving().rungs();
  }

  /** How many there are. */
  int trials() {
    return settings.size();
  }

  /**
   * Checks the settings of every trial against the data.
   *
   * @throws GraftException (exit 2) for the first that do not suit it
   */
  void check(DatasetSchema schema) {
    for (int trial = 1; trial < trials(); trial++) {
      check(trial, schema);
    }
  }

  private void check(int trial, DatasetSchema schema) {
    ModelFamilies.check(
        definition(trial),
        define.file() + " with " + String.join(", ", SearchSpace.settings(settings.get(trial))),
        schema);
  }

  /** The definition with the settings of a trial. */
  private ModelDefinition definition(int trial) {
    return trial == 0 ? own : changed(own, SearchSpace.settings(settings.get(trial)));
  }

  private ModelDefinition changed(ModelDefinition definition, List<String> changes) {
    return DefinitionReader.changed(definition, define.file(), changes);
  }

  /**
   * The same for a trial: shorter, evaluated at the ends of rungs, and ended by an alarm, though
   * not for what so few steps have not taught it.
   */
  private ModelDefinition shortened(int trial) {
    List<String> changes = new ArrayList<>();
    changes.add("training.steps=" + define.tune().steps());
    changes.add("training.eval-every=" + plan.halving().evalEvery());
    FIRST_PHASES.keySet().stream()
        .sorted()
        .filter(own.training()::has)
        .forEach(phase -> changes.add("training." + phase + "=" + firstPhase(phase)));
    String onAlarm = own.training().at("/watch/on-alarm").asText();
    if (watched() && !onAlarm.equals("none")) {
      changes.add("training.watch.on-alarm=end");
      changes.add("training.watch.second-half=wait");
    }
    return changed(definition(trial), changes);
  }

  /** Whether the family watches its trainings, if the definition does not forbid it. */
  private boolean watched() {
    return ModelFamilies.get(own.family()).tuneFigures().contains(TuneFigure.COVERAGE);
  }

  /** The steps of a first phase, in the proportion that the definition has them in. */
  private long firstPhase(String phase) {
    double share =
        own.training().get(phase).doubleValue() / own.training().get("steps").doubleValue();
    long evalEvery = plan.halving().evalEvery();
    long evaluations = (long) (share * define.tune().steps()) / evalEvery;
    return Math.max(FIRST_PHASES.get(phase), evaluations) * evalEvery;
  }

  /** The trials of a rung, ascending. */
  List<Integer> entrants(int rung) throws IOException {
    if (rung == 0) {
      return IntStream.range(0, trials()).boxed().toList();
    }
    List<Integer> promoted =
        Halving.promoted(
            scores(rung - 1), plan.figure().lowerIsBetter(), rungs().get(rung).trials());
    if (promoted.isEmpty()) {
      throw GraftException.usage(
          "tuning of %s: no trial reached step %d; the definition's own settings: %s",
          define.file(), rungs().get(rung - 1).steps(), result(0, 0).ended());
    }
    return promoted;
  }

  private SortedMap<Integer, Double> scores(int rung) throws IOException {
    SortedMap<Integer, Double> scores = new TreeMap<>();
    for (int trial : entrants(rung)) {
      TrialResult result = result(trial, rung);
      if (result.score() != null) {
        scores.put(trial, result.score());
      }
    }
    return scores;
  }

  /** Finds what a trial has reached at the end of a rung, or trains it to there. */
  TrialResult result(int trial, int rung) throws IOException {
    Optional<TrialResult> before = SealedJson.find(file(trial, rung), TrialResult.class);
    if (before.isPresent()) {
      return before.get();
    }
    TrialResult result = train(trial, rung);
    LOG.info(
        "trial {}: {} {} at step {}",
        trial,
        String.join(", ", SearchSpace.settings(settings.get(trial))),
        result.score() == null ? result.ended() : plan.figure().name() + " " + result.score(),
        rungs().get(rung).steps());
    Storage.writeText(file(trial, rung), SealedJson.text(result));
    Counters.named("trials-trained").inc();
    return result;
  }

  private TrialResult train(int trial, int rung) throws IOException {
    check(trial, models.schema());
    ModelDefinition definition = shortened(trial);
    FileCheckpoints checkpoints = new FileCheckpoints(folder(trial) + "/checkpoints");
    long until = rungs().get(rung).steps();
    if (checkpoints.lastStep().orElse(0) > until) {
      checkpoints.clear(); // the result was lost that it had there
    }
    try {
      ModelFamilies.get(definition.family())
          .fit(
              models
                  .prepare(
                      "trial " + trial,
                      definition,
                      null,
                      ModelRole.GENERATOR.seed(context.spec().seed()),
                      checkpoints,
                      UnaryOperator.identity())
                  .pausingAt(until));
    } catch (TrainingPaused paused) {
      return TrialResult.of(paused, plan.figure());
    } catch (GraftException e) {
      if (e.exitCode() == ExitCode.USAGE) {
        return TrialResult.failed(e.getMessage());
      }
      throw e;
    }
    throw new IllegalStateException(definition.family() + " does not pause");
  }

  /** What was tried and what came of it, once all rungs are done. */
  TuningStory story() throws IOException {
    int last = rungs().size() - 1;
    List<Integer> ranked = Halving.ranked(scores(last), plan.figure().lowerIsBetter());
    if (ranked.isEmpty()) {
      throw GraftException.usage(
          "tuning of %s: no trial reached step %d; lower the ranges of its learning rate",
          define.file(), rungs().get(last).steps());
    }
    List<TuningStory.Trial> trials = new ArrayList<>();
    List<TuningStory.Rung> rungs = new ArrayList<>();
    SortedMap<Integer, List<Double>> scores = new TreeMap<>();
    SortedMap<Integer, TrialResult> latest = new TreeMap<>();
    for (int rung = 0; rung <= last; rung++) {
      List<Integer> entrants = entrants(rung);
      rungs.add(new TuningStory.Rung(entrants.size(), rungs().get(rung).steps()));
      for (int trial : entrants) {
        TrialResult result = result(trial, rung);
        latest.put(trial, result);
        scores.computeIfAbsent(trial, key -> new ArrayList<>());
        if (result.score() != null) {
          scores.get(trial).add(result.score());
        }
      }
    }
    latest.forEach(
        (trial, result) ->
            trials.add(
                new TuningStory.Trial(
                    trial,
                    settings.get(trial),
                    scores.get(trial),
                    result.ended(),
                    result.curve())));
    TuningStory story =
        new TuningStory(
            plan.figure().name(), plan.figure().lowerIsBetter(), rungs, trials, ranked.get(0));
    LOG.info("{}", told(story));
    return story;
  }

  /** In a sentence. */
  private static String told(TuningStory story) {
    SortedMap<Integer, Double> scores = story.lastScores();
    return String.format(
        Locale.ROOT,
        "tuning: %s of %d trials is best by %s: %s, the definition's own settings %s",
        story.winner() == 0 ? "the definition" : "trial " + story.winner(),
        story.trials().size(),
        story.figure(),
        scores.get(story.winner()),
        scores.getOrDefault(0, Double.NaN));
  }

  /** The definition that the generator is trained by. */
  ModelDefinition winner(TuningStory story) {
    return definition(story.winner());
  }

  /** Removes the checkpoints of the trials; their results stay. */
  void clear() {
    for (int trial = 0; trial < trials(); trial++) {
      new FileCheckpoints(folder(trial) + "/checkpoints").clear();
    }
  }

  /** How far it is, told by its files; empty before the first result. */
  Optional<String> progress() {
    for (int rung = rungs().size() - 1; rung >= 0; rung--) {
      int there = rung;
      long done =
          IntStream.range(0, trials()).filter(trial -> Storage.exists(file(trial, there))).count();
      if (done > 0) {
        return Optional.of(
            String.format(
                Locale.ROOT, "rung %d of %d, %d trials done", rung + 1, rungs().size(), done));
      }
    }
    return Optional.empty();
  }

  private String folder(int trial) {
    return Storage.resolve(context.directory(), String.format(Locale.ROOT, "trials/%04d", trial));
  }

  private String file(int trial, int rung) {
    return folder(trial) + "/rung-" + (rung + 1) + ".json";
  }
}
