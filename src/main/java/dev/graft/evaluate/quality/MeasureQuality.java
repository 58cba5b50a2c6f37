package dev.graft.evaluate.quality;

import dev.graft.data.LabelledRows;
import dev.graft.data.Progress;
import dev.graft.evaluate.Figure;
import dev.graft.evaluate.Metric;
import dev.graft.evaluate.MetricInput;
import dev.graft.evaluate.StoredRows;
import dev.graft.modality.RowSimilarity;
import dev.graft.modality.RowText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All metrics of candidates (before selection) and accepted rows (after it) against real TEST, and
 * of real TUNE against real TEST, per group at one and the same number of rows: the smallest of the
 * sets that have enough rows at all. Real TRAIN is no reference here, for the examiner has learnt
 * it.
 */
public final class MeasureQuality {
  /** Neighbours of the manifold metrics. */
  public static final int NEIGHBOURS = 5;

  /** Fewest rows of one side that there are figures for. */
  public static final int FEWEST = NEIGHBOURS + 1;

  /** Most rows of one class and side. */
  public static final int MOST_PER_CLASS = 1_000;

  /** A figure beside the registered metrics: share of rows whose label the examiner confirms. */
  public static final String AGREEMENT = "examiner-agreement";

  private final List<Metric> metrics;
  private final Optional<RowSimilarity> similarity;
  private final Optional<RowText> text;
  private final ExaminedRows test;
  private final ExaminedRows tune;
  private final ExaminedRows candidates;
  private final ExaminedRows accepted;

  /** For rows that are no texts. */
  public MeasureQuality(
      List<Metric> metrics,
      Optional<RowSimilarity> similarity,
      ExaminedRows test,
      ExaminedRows tune,
      ExaminedRows candidates,
      ExaminedRows accepted) {
    this(metrics, similarity, Optional.empty(), test, tune, candidates, accepted);
  }

  /**
   * @param similarity of two rows; the sets then hold their rows
   * @param text what rows say; the sets then hold their rows
   * @param candidates all, or a seeded draw of them
   */
  public MeasureQuality(
      List<Metric> metrics,
      Optional<RowSimilarity> similarity,
      Optional<RowText> text,
      ExaminedRows test,
      ExaminedRows tune,
      ExaminedRows candidates,
      ExaminedRows accepted) {
    this.metrics = List.copyOf(metrics);
    this.similarity = similarity;
    this.text = text;
    this.test = test;
    this.tune = tune;
    this.candidates = candidates;
    this.accepted = accepted;
  }

  /** Measures overall and each class. */
  public QualityFigures measure(List<String> classes) {
    GroupFigures overall = group(GroupFigures.OVERALL, -1);
    List<GroupFigures> perClass = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      perClass.add(group(classes.get(label), label));
      Progress.report("measure quality", label + 1L, classes.size(), "classes", "");
    }
    return new QualityFigures(overall, perClass);
  }

  private GroupFigures group(String name, int label) {
    int rows =
        Stream.of(test, tune, candidates, accepted)
            .map(set -> set.group(label).length)
            .filter(size -> size >= FEWEST)
            .min(Comparator.naturalOrder())
            .orElse(0);
    Side before = new Side("candidates", candidates, label, rows);
    Side after = new Side("accepted rows", accepted, label, rows);
    Side real = new Side("real tune rows", tune, label, rows);
    Map<String, Comparison> figures = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      figures.put(
          metric.info().name(),
          new Comparison(before.figure(metric), after.figure(metric), real.figure(metric)));
    }
    figures.put(AGREEMENT, new Comparison(before.agreement(), after.agreement(), real.agreement()));
    return new GroupFigures(name, label, rows, figures);
  }

  /** One set compared with TEST. */
  private final class Side {
    private final String what;
    private final ExaminedRows set;
    private final int label;
    private final int rows;
    private final MetricInput input;

    Side(String what, ExaminedRows set, int label, int rows) {
      this.what = what;
      this.set = set;
      this.label = label;
      this.rows = rows;
      this.input =
          missing() == null
              ? new MetricInput(
                  test.featuresOf(label, rows),
                  set.featuresOf(label, rows),
                  test.dimension(),
                  NEIGHBOURS,
                  stored())
              : null;
    }

    /** The rows themselves, where rows have a similarity or say something. */
    private Optional<StoredRows> stored() {
      if (similarity.isEmpty() && text.isEmpty()) {
        return Optional.empty();
      }
      LabelledRows own = set.rowsOf(label, rows);
      return Optional.of(
          new StoredRows(
              own,
              similarity.orElse(null),
              texts(own),
              text.isEmpty() ? List.of() : texts(test.rowsOf(label, rows))));
    }

    private List<String> texts(LabelledRows own) {
      return text.map(
              known ->
                  IntStream.range(0, own.size())
                      .mapToObj(row -> known.of(own.values(), row * own.rowSize()))
                      .toList())
          .orElse(List.of());
    }

    /** Why there can be no figure, or null. */
    private String missing() {
      if (set.group(label).length < FEWEST) {
        return lacks(what, set.group(label).length);
      }
      return test.group(label).length < FEWEST
          ? lacks("real test rows", test.group(label).length)
          : null;
    }

    private static String lacks(String what, int has) {
      return "needs at least " + FEWEST + " " + what + "; has " + has;
    }

    Figure figure(Metric metric) {
      if (input == null) {
        return Figure.undefined(missing());
      }
      return Figure.of(metric, input, what);
    }

    Figure agreement() {
      return input == null ? Figure.undefined(missing()) : Figure.of(set.agreement(label, rows));
    }
  }
}
