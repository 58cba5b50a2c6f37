package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Condition;
import dev.graft.data.LabelledRows;
import dev.graft.model.Classifier.Prediction;
import dev.graft.model.Derivation.ClassMixture;
import dev.graft.model.Derivation.Interpolation;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.DerivingSampler;
import dev.graft.model.Looks;
import dev.graft.model.SamplePaths;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each control moves what it is there for, as an examiner sees it. {@link ControlTable} has the
 * figures, {@link ControlScene} says what they are measured on.
 */
@Tag("slow")
class ControlProof {
  private static final int PATHS = 20;
  private static final int STEPS = 9;

  /** What a mean of some hundred samples may turn back by. */
  private static final double NOISE = 0.01;

  private static ControlScene scene;
  private static ControlTable table;

  @BeforeAll
  static void open() throws IOException {
    scene = new ControlScene();
    table = new ControlTable(scene.name());
  }

  @AfterAll
  static void write() throws Exception {
    table.write();
    scene.close();
  }

  /** Half of the paths stay within a class, half lead to the next. */
  @ParameterizedTest
  @ValueSource(strings = {"image-vae", "image-gan", "image-flow"})
  void pathsGoWithoutLeaps(String model) throws IOException {
    DerivingSampler generator = scene.generator(model);
    ends(generator);
    List<Looks> looks = List.of(Looks.VALUES, Looks.to(scene.judge()));
    List<Double> leaps = new ArrayList<>();
    for (int path = 0; path < PATHS; path++) {
      LabelledRows from = beginnings().select(new int[] {path});
      LabelledRows to = endings().select(new int[] {path});
      byte[] samples = SamplePaths.betweenRows(generator, from, to, STEPS, looks, Controls.NONE);
      Prediction seen = scene.examiner().predict(samples, STEPS);
      double most = 0;
      double sum = 0;
      for (int step = 1; step < STEPS; step++) {
        double length = distance(seen, step - 1, seen, step);
        most = Math.max(most, length);
        sum += length;
      }
      leaps.add(most * (STEPS - 1) / sum);
    }
    table.figures(model + ": largest step over the mean step of 20 paths", leaps);
    assertThat(leaps).allSatisfy(leap -> assertThat(leap).isLessThanOrEqualTo(2));
  }

  /** Looks for the noise of all ends in one call, which costs some generators as much as one. */
  private static void ends(DerivingSampler generator) {
    generator.derive(
        Condition.ofLabel(0),
        new Interpolation(beginnings(), endings(), new double[PATHS]),
        1,
        new long[PATHS],
        Controls.NONE);
  }

  private static LabelledRows beginnings() {
    int[] rows = new int[PATHS];
    Arrays.setAll(rows, path -> scene.row(path % scene.classes(), path));
    return scene.unseen().select(rows);
  }

  private static LabelledRows endings() {
    int[] rows = new int[PATHS];
    Arrays.setAll(
        rows,
        path -> scene.row((path + (path < PATHS / 2 ? 0 : 1)) % scene.classes(), path + PATHS / 2));
    return scene.unseen().select(rows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"image-vae", "image-gan", "image-flow"})
  void mixturesMoveTheProbability(String model) throws IOException {
    DerivingSampler generator = scene.generator(model);
    int places = 5;
    int classes = scene.classes();
    int samples = classes * (classes - 1);
    double[] means = new double[places];
    for (int index = 0; index < samples; index++) {
      int from = index % classes;
      int to = (from + 1 + index / classes) % classes;
      byte[] path = mixtures(generator, from, to, index, places);
      Prediction seen = scene.examiner().predict(path, places);
      for (int place = 0; place < places; place++) {
        means[place] += seen.probability(place, to) / samples;
      }
    }
    List<Double> probabilities = boxed(means);
    table.curve(
        model + ": probability of the other class",
        "share",
        List.of(0.0, 0.25, 0.5, 0.75, 1.0),
        probabilities);
    assertThat(probabilities).isSorted();
    assertThat(means[places - 1] - means[0]).isGreaterThan(0.4);
  }

  /** One noise, told equally spaced shares of the other class. */
  private static byte[] mixtures(
      DerivingSampler generator, int from, int to, long index, int places) {
    int[] beginnings = new int[places];
    int[] ends = new int[places];
    double[] shares = new double[places];
    long[] indices = new long[places];
    Arrays.fill(beginnings, from);
    Arrays.fill(ends, to);
    Arrays.setAll(shares, place -> place / (places - 1.0));
    Arrays.fill(indices, index);
    return generator.derive(
        Condition.ofLabel(from),
        new ClassMixture(beginnings, ends, shares),
        1,
        indices,
        Controls.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"image-vae", "image-flow", "image-autoregressive"})
  void variationsLeaveTheirSource(String model) throws IOException {
    vary(model, scene.unseen(), List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9));
  }

  /** Of a few rows, for it looks for the noise of each anew. */
  @Test
  void variationsByAGanLeaveTheirSource() throws IOException {
    vary("image-gan", scene.ofClass(0), List.of(0.1, 0.5, 0.9));
  }

  private static void vary(String model, LabelledRows rows, List<Double> strengths)
      throws IOException {
    DerivingSampler generator = scene.generator(model);
    Prediction sources = scene.examiner().predict(rows.values(), rows.size());
    List<Double> distances = new ArrayList<>();
    List<Double> agreements = new ArrayList<>();
    for (double strength : strengths) {
      Prediction seen = scene.examiner().predict(varied(generator, rows, strength), rows.size());
      distances.add(mean(rows.size(), row -> distance(sources, row, seen, row)));
      agreements.add(mean(rows.size(), row -> seen.best(row) == sources.best(row) ? 1 : 0));
    }
    table.curve(model + ": mean distance to the source", "strength", strengths, distances);
    table.curve(model + ": share told to be as its source", "strength", strengths, agreements);
    for (int i = 1; i < distances.size(); i++) {
      assertThat(distances.get(i)).isGreaterThan(distances.get(i - 1));
      assertThat(agreements.get(i)).isLessThanOrEqualTo(agreements.get(i - 1) + NOISE);
    }
  }

  private static byte[] varied(DerivingSampler generator, LabelledRows rows, double strength) {
    byte[] all = new byte[rows.values().length];
    for (int label = 0; label < scene.classes(); label++) {
      int wanted = label;
      int[] own =
          IntStream.range(0, rows.size()).filter(row -> rows.labels()[row] == wanted).toArray();
      Variation variation = new Variation(rows.select(own), strength);
      for (int first = 0; first < own.length; first += generator.batch()) {
        int end = Math.min(own.length, first + generator.batch());
        byte[] part =
            generator.derive(
                Condition.ofLabel(label),
                variation.slice(first, end),
                1,
                LongStream.range(first, end).toArray(),
                Controls.NONE);
        int size = part.length / (end - first);
        for (int row = first; row < end; row++) {
          System.arraycopy(part, (row - first) * size, all, own[row] * size, size);
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"image-vae", "image-gan"})
  void truncationNarrowsAClass(String model) throws IOException {
    List<Double> spreads = spreads(model, "truncation", List.of(0.3, 0.5, 0.7, 1.0));
    assertThat(spreads).isSorted();
    assertThat(spreads.get(3)).isGreaterThan(1.2 * spreads.get(0));
  }

  @Test
  void temperatureWidensAClass() throws IOException {
    List<Double> spreads =
        spreads("image-autoregressive", "temperature", List.of(0.5, 0.75, 1.0, 1.3));
    assertThat(spreads).isSorted();
    assertThat(spreads.get(3)).isGreaterThan(1.2 * spreads.get(0));
  }

  @Test
  void guidanceMakesClassesPlainer() throws IOException {
    List<Double> sureness = new ArrayList<>();
    List<Double> values = List.of(1.0, 2.0, 3.0, 4.0);
    for (double guidance : values) {
      sureness.add(
          perClass(
              label -> {
                Prediction seen = drawn("image-flow", label, Map.of("guidance", guidance));
                return mean(seen.count(), row -> seen.probability(row, label));
              }));
    }
    table.curve("image-flow: probability of the class", "guidance", values, sureness);
    assertThat(sureness).isSorted();
  }

  /** Steps alone change nothing of what is drawn but how exactly the path is followed. */
  @Test
  void stepsComeNearerToTheExactPath() throws IOException {
    List<Double> errors = new ArrayList<>();
    List<Double> values = List.of(4.0, 8.0, 16.0, 32.0);
    for (double steps : values) {
      errors.add(
          perClass(
              label -> {
                Prediction exact = drawn("image-flow", label, Map.of("steps", 100.0));
                Prediction seen = drawn("image-flow", label, Map.of("steps", steps));
                return mean(seen.count(), row -> distance(exact, row, seen, row));
              }));
    }
    table.curve("image-flow: distance to the sample of 100 steps", "steps", values, errors);
    assertThat(errors).isSortedAccordingTo((left, right) -> Double.compare(right, left));
  }

  @Test
  void magnitudeMovesFromTheSource() throws IOException {
    List<Double> distances = new ArrayList<>();
    List<Double> values = List.of(0.25, 0.5, 1.0, 2.0);
    for (double magnitude : values) {
      distances.add(
          perClass(
              label -> {
                Prediction still = drawn("image-classical", label, Map.of("magnitude", 0.0));
                Prediction seen = drawn("image-classical", label, Map.of("magnitude", magnitude));
                return mean(seen.count(), row -> distance(still, row, seen, row));
              }));
    }
    table.curve("image-classical: distance to magnitude 0", "magnitude", values, distances);
    assertThat(distances).isSorted();
  }

  private static List<Double> spreads(String model, String control, List<Double> values)
      throws IOException {
    List<Double> spreads = new ArrayList<>();
    for (double value : values) {
      spreads.add(
          perClass(
              label -> {
                Prediction seen = drawn(model, label, Map.of(control, value));
                return mean(seen.count() - 1, row -> distance(seen, row, seen, row + 1));
              }));
    }
    table.curve(model + ": mean distance within a class", control, values, spreads);
    return spreads;
  }

  private static Prediction drawn(String model, int label, Map<String, Double> controls)
      throws IOException {
    Sampler generator = scene.generator(model);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int count = ControlScene.ROWS_PER_CLASS;
    for (int first = 0; first < count; first += generator.batch()) {
      int size = Math.min(generator.batch(), count - first);
      all.writeBytes(
          generator.sample(Condition.ofLabel(label), 1, first, size, new Controls(controls)));
    }
    return scene.examiner().predict(all.toByteArray(), count);
  }

  private interface Figure {
    double of(int index) throws IOException;
  }

  private static double perClass(Figure figure) throws IOException {
    return mean(scene.classes(), figure);
  }

  private static double mean(int count, Figure figure) throws IOException {
    double sum = 0;
    for (int index = 0; index < count; index++) {
      sum += figure.of(index);
    }
    return sum / count;
  }

  private static double distance(Prediction left, int row, Prediction right, int other) {
    int size = left.featureSize();
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double difference =
          (double) left.features()[row * size + i] - right.features()[other * size + i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
