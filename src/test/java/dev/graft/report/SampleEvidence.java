package dev.graft.report;

import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.json.Json;
import dev.graft.evaluate.ControlFigures;
import dev.graft.evaluate.Evaluation;
import dev.graft.evaluate.Figure;
import dev.graft.evaluate.Metrics;
import dev.graft.evaluate.SelectionFigures;
import dev.graft.evaluate.SelectionFigures.ClassSelection;
import dev.graft.evaluate.TestReads;
import dev.graft.evaluate.copies.CopyCheck;
import dev.graft.evaluate.evidence.ClassGallery;
import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.evidence.MissedGallery;
import dev.graft.evaluate.evidence.ModelStory;
import dev.graft.evaluate.evidence.NeighbourPair;
import dev.graft.evaluate.evidence.Picture;
import dev.graft.evaluate.evidence.PictureStrip;
import dev.graft.evaluate.evidence.RefusedExamples;
import dev.graft.evaluate.evidence.ScoreSpread;
import dev.graft.evaluate.gate.GateResult;
import dev.graft.evaluate.quality.Comparison;
import dev.graft.evaluate.quality.EnsembleFigures;
import dev.graft.evaluate.quality.GroupFigures;
import dev.graft.evaluate.quality.MeasureQuality;
import dev.graft.evaluate.quality.QualityFigures;
import dev.graft.evaluate.utility.ArmRun;
import dev.graft.evaluate.utility.UtilityFigures;
import dev.graft.model.FittedModel.HistoryPoint;
import dev.graft.model.insight.SampleStrips.Motif;
import dev.graft.model.tune.TuningStory;
import dev.graft.model.watch.WatchStory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Evidence of a made-up run, as large as a real one. */
final class SampleEvidence {
  static final String REAL_MARK = "data-real";

  private final List<String> classes;
  private final boolean showsReal;
  private final BiFunction<Boolean, Integer, String> pictures;
  double classical = 0.897;
  EnsembleFigures ensemble;
  Map<String, ControlFigures> controls = Map.of();

  /**
   * @param pictures fragment of a real (true) or synthetic row of a class
   */
  SampleEvidence(
      List<String> classes, boolean showsReal, BiFunction<Boolean, Integer, String> pictures) {
    this.classes = classes;
    this.showsReal = showsReal;
    this.pictures = pictures;
  }

  /** With fragments of text for pictures. */
  static Evidence of(List<String> classes, boolean showsReal) {
    return new SampleEvidence(
            classes,
            showsReal,
            (real, label) -> real ? "<i " + REAL_MARK + ">real</i>" : "<i>synthetic</i>")
        .build();
  }

  Evidence build() {
    return new Evidence(
        "fashion-mnist",
        "2026-11-22",
        showsReal,
        new DatasetSchema("image", List.of(1, 28, 28), classes),
        evaluation(),
        IntStream.range(0, classes.size()).mapToObj(this::gallery).toList(),
        List.of(
            refused("label-agreement:min", "label-agreement at least 0.6", 5_130),
            refused("realism:min", "realism at least tune.p05 (0.412)", 3_420),
            refused("novelty:min", "novelty at least tune.p01 (0.287)", 610),
            refused("near-duplicate:drop", "near-duplicate within 12", 240)),
        showsReal ? neighbours() : List.of(),
        IntStream.range(0, classes.size())
            .mapToObj(
                label ->
                    new MissedGallery(
                        classes.get(label),
                        900,
                        81,
                        33,
                        showsReal ? rows(true, label, 8) : List.of()))
            .toList(),
        List.of(
            strip(Motif.WITHIN_CLASS, 0),
            strip(Motif.BETWEEN_CLASSES, 0),
            strip(Motif.VARIATIONS, 1)),
        List.of(
            story("generator", "fashion-vae", "vae", "loss"),
            story("judge", "judge-cnn", "classifier", "loss"),
            story("examiner", "examiner-cnn", "classifier", "loss")),
        List.of(spread("label-agreement", 0.6), spread("realism", 0.41), spread("novelty", 0.29)),
        new LinkedHashMap<>(
            Map.of("run", "ab12cd34ef56ab12", "seed", "20261122", "ingest", "0123456789abcdef")),
        Json.tree(Map.of("name", "fashion-mnist", "seed", 20261122)));
  }

  private Evaluation evaluation() {
    SelectionFigures selection =
        new SelectionFigures(
            IntStream.range(0, classes.size())
                .mapToObj(
                    c ->
                        new ClassSelection(
                            classes.get(c),
                            2_000,
                            3_000 + 40L * c,
                            c == 6 ? 1_840 : 2_000,
                            c == 6 ? 0 : 60,
                            Map.of(
                                "label-agreement:min",
                                500L + 60 * c,
                                "realism:min",
                                330L - 10 * c,
                                "novelty:min",
                                60L,
                                "near-duplicate:drop",
                                20L)))
                .toList());
    return new Evaluation(
        new Evaluation.Protocol(
            "examiner-cnn",
            "f".repeat(64),
            5,
            5_000,
            1_000,
            20261122,
            List.of(
                "Synthetic rows against real test rows at equal n.",
                "Real against real is tune against test.")),
        new java.util.TreeMap<>(Map.of("graft", "0.1.0", "libtorch", "2.7.1")),
        Map.of("train", 51_000, "tune", 9_000, "test", 10_000),
        selection,
        controls,
        quality(),
        List.of(),
        ensemble,
        utility(),
        CopyCheck.figures(
            51_000,
            distances(3, 5_000, 170_000),
            distances(1, 20_000, 180_000),
            distances(2, 9_000, 160_000)),
        watch(),
        tuning(),
        List.of(
            gate("coverage", "shirt", 0.71, 0.72, false),
            gate("shortfall", "shirt", 0.08, 0.1, true)),
        new TestReads.Reads("9".repeat(64), 10_000, 3));
  }

  private static TuningStory tuning() {
    List<TuningStory.Trial> trials = new ArrayList<>();
    double[] rates = {0.001, 0.0004, 0.0021, 0.00093};
    for (int trial = 0; trial < rates.length; trial++) {
      List<Double> scores = new ArrayList<>();
      List<TuningStory.Point> curve = new ArrayList<>();
      for (int rung = 0; rung < (trial == 1 ? 0 : trial == 3 ? 1 : 2); rung++) {
        scores.add(0.4 - 0.05 * rung - 0.01 * trial);
        curve.add(new TuningStory.Point(rung == 0 ? 200 : 600, scores.get(rung)));
      }
      trials.add(
          new TuningStory.Trial(
              trial,
              new TreeMap<>(
                  Map.of(
                      "training.learning-rate", Json.tree(rates[trial]),
                      "architecture.latent", Json.tree(16 << trial % 3))),
              scores,
              trial == 1 ? "collapsed at step 150: diversity 0.010, of real rows 1.002" : "",
              curve));
    }
    return new TuningStory(
        "tune-loss",
        true,
        List.of(new TuningStory.Rung(4, 200), new TuningStory.Rung(2, 600)),
        trials,
        2);
  }

  private static WatchStory watch() {
    return new WatchStory(
        WatchStory.Verdict.RECOVERED,
        List.of(
            new WatchStory.Event(
                1_500,
                "duplicates",
                "duplicates 0.980, of real rows 0.000",
                "rolled back to step 1000, restarted with learning-rate 0.001 to 5.0E-4")),
        Map.of("watch-duplicates", 0.0));
  }

  private QualityFigures quality() {
    List<GroupFigures> perClass = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      perClass.add(group(classes.get(c), c, 900));
    }
    return new QualityFigures(group(GroupFigures.OVERALL, -1, 5_000), perClass);
  }

  private static GroupFigures group(String name, int label, int rows) {
    Map<String, Comparison> metrics = new LinkedHashMap<>();
    CounterRandom random = CounterRandom.of(7, label);
    for (int i = 0; i < Metrics.all().size(); i++) {
      String metric = Metrics.all().get(i).info().name();
      double base = metric.equals("frechet-distance") ? 4 : 0.72 + 0.2 * random.uniform(i);
      metrics.put(
          metric,
          new Comparison(
              Figure.of(base * 0.9 + (i == 0 ? 3 : 0)),
              label == 3 && i == 4
                  ? Figure.undefined("needs at least 6 accepted rows; has 2")
                  : Figure.of(label == 6 ? base * 0.75 : base),
              Figure.of(i == 0 ? 0.41 : 0.955)));
    }
    metrics.put(
        MeasureQuality.AGREEMENT,
        new Comparison(Figure.of(0.78), Figure.of(0.91), Figure.of(0.93)));
    return new GroupFigures(name, label, rows, metrics);
  }

  private UtilityFigures utility() {
    List<ArmRun> runs = new ArrayList<>();
    Map<String, Double> means =
        Map.of("real", 0.889, "classical", classical, "both", 0.904, "synthetic", 0.823);
    means.forEach(
        (arm, mean) -> {
          for (int seed = 0; seed < 3; seed++) {
            double accuracy =
                mean + 0.004 * (CounterRandom.of(seed, arm.length()).uniform(0) - 0.5);
            runs.add(
                new ArmRun(
                    arm,
                    seed,
                    arm.equals("real") && seed == 0 ? ArmRun.EXAMINER : ArmRun.TRAINED,
                    arm.equals("synthetic") ? 0 : 51_000,
                    arm.equals("both") || arm.equals("synthetic") ? 20_000 : 0,
                    2_500,
                    accuracy,
                    classes.stream().map(name -> accuracy).toList(),
                    null,
                    null));
          }
        });
    return UtilityFigures.of(
        "models/learner-small-cnn.yaml",
        "e".repeat(64),
        List.of("real", "classical", "both", "synthetic"),
        runs);
  }

  private ClassGallery gallery(int label) {
    return new ClassGallery(
        classes.get(label), showsReal ? rows(true, label, 10) : List.of(), rows(false, label, 10));
  }

  private List<Picture> rows(boolean real, int label, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Picture(pictures.apply(real, label), classes.get(label)))
        .toList();
  }

  private RefusedExamples refused(String reason, String rule, long count) {
    List<Picture> examples = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      examples.addAll(rows(false, i % classes.size(), 1));
    }
    return new RefusedExamples(reason, rule, count, examples);
  }

  private List<NeighbourPair> neighbours() {
    List<NeighbourPair> pairs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int label = i % classes.size();
      pairs.add(
          new NeighbourPair(
              rows(false, label, 1).get(0), rows(true, label, 1).get(0), 1.5 + 0.1 * i, i < 8));
    }
    return pairs;
  }

  private PictureStrip strip(Motif motif, int label) {
    return new PictureStrip(motif, classes.get(label), rows(false, label, 9));
  }

  private static ModelStory story(String role, String name, String family, String figure) {
    List<HistoryPoint> history = new ArrayList<>();
    for (int step = 1; step <= 60; step++) {
      double fall = Math.exp(-step / 15.0);
      history.add(
          new HistoryPoint(
              50L * step,
              Map.of(
                  "train-" + figure,
                  0.24 + fall * 0.3,
                  "tune-" + figure,
                  0.26 + fall * 0.28 + step * 0.0004,
                  "tune-accuracy",
                  0.9 - fall * 0.4)));
    }
    return new ModelStory(
        role,
        name,
        family,
        "0f".repeat(32),
        2_450,
        Map.of("tune-" + figure, 0.271),
        history,
        role.equals("generator") ? watch() : null,
        role.equals("generator") ? tuning() : null);
  }

  private static ScoreSpread spread(String name, double bound) {
    long[] accepted = new long[40];
    long[] others = new long[40];
    for (int i = 0; i < 40; i++) {
      double x = i / 40.0;
      double weight = 1_500 * Math.exp(-Math.pow((x - 0.7) / 0.18, 2));
      accepted[i] = x < bound ? 0 : (long) (weight * 0.9);
      others[i] = x < bound ? (long) weight : (long) (weight * 0.1);
    }
    return new ScoreSpread(
        name,
        "A sentence on what the score means.",
        true,
        0,
        1,
        accepted,
        others,
        List.of(new ScoreSpread.Bound("at least " + bound, bound)));
  }

  private static GateResult gate(String name, String of, double value, double min, boolean passed) {
    return new GateResult(
        name,
        of,
        value,
        null,
        min,
        null,
        passed,
        name + " (" + of + ") is " + value + ", bound " + min);
  }

  private static long[] distances(long seed, int count, double scale) {
    CounterRandom random = CounterRandom.of(seed);
    return IntStream.range(0, count)
        .mapToLong(i -> (long) (scale * (2 + 8 * random.uniform(i))))
        .toArray();
  }
}
