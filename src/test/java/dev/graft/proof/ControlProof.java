package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Condition;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.ingest.sample.ShapeRows;
import dev.graft.model.Checkpoints;
import dev.graft.model.Classifier;
import dev.graft.model.Classifier.Prediction;
import dev.graft.model.DefinitionReader;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.DerivingSampler;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.SamplePaths;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each control of a VAE of shapes moves what it is there for, as an examiner of real shapes sees
 * it. The figures are written to {@code target/control.md}.
 */
@Tag("slow")
class ControlProof {
  private static final DatasetSchema SCHEMA = ShapeRows.schema();
  private static final int CLASSES = SCHEMA.classes().size();
  private static final LabelledRows TRAIN = ShapeRows.of(7, 0, 200);
  private static final LabelledRows TUNE = ShapeRows.of(7, 1000, 40);
  private static final int PATHS = 20;
  private static final int STEPS = 9;
  /** Shares of a mean that a curve may turn back by: noise of some hundred samples. */
  private static final double NOISE = 0.02;

  private static final StringBuilder TABLE = new StringBuilder("# Controls of a VAE of shapes\n");
  private static DerivingSampler generator;
  private static Classifier examiner;

  @TempDir static Path directory;

  @BeforeAll
  static void train() throws IOException {
    String vae =
        Files.readString(Path.of("models/image-vae.yaml"))
            .replace("steps: 6000", "steps: 250")
            .replace("components: 40", "components: 10");
    generator = (DerivingSampler) open("generator", vae);
    String cnn =
        Files.readString(Path.of("models/image-examiner.yaml"))
            .replaceFirst("steps: \\d+", "steps: 120")
            .replaceFirst("eval-every: \\d+", "eval-every: 60");
    examiner = (Classifier) open("examiner", cnn);
  }

  @AfterAll
  static void write() throws IOException {
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/control.md"), TABLE.toString());
    generator.close();
    examiner.close();
  }

  private static AutoCloseable open(String name, String recipe) throws IOException {
    ModelDefinition definition =
        DefinitionReader.read(Files.writeString(directory.resolve(name + ".yaml"), recipe));
    FittedModel fitted =
        ModelFamilies.get(definition.family())
            .fit(
                new TrainingRun(
                    name, definition, SCHEMA, TRAIN, TUNE, 3, Checkpoints.none(), null));
    return ModelFamilies.get(definition.family())
        .open(
            new StoredModel(
                new StoredModel.ModelCard(
                    name, "", definition, SCHEMA, "", 3, "", 0, Map.of(), List.of()),
                fitted.weights()));
  }

  @Test
  void pathsGoWithoutLeaps() {
    List<Double> leaps = new ArrayList<>();
    for (int path = 0; path < PATHS; path++) {
      int from = path % CLASSES;
      int to = path < PATHS / 2 ? from + CLASSES : (path + 1) % CLASSES;
      byte[] samples =
          SamplePaths.betweenRows(
              generator,
              TUNE.select(new int[] {from}),
              TUNE.select(new int[] {to}),
              STEPS,
              Controls.NONE);
      Prediction seen = examiner.predict(samples, STEPS);
      double most = 0;
      double sum = 0;
      for (int step = 1; step < STEPS; step++) {
        double length = distance(seen, step - 1, seen, step);
        most = Math.max(most, length);
        sum += length / (STEPS - 1);
      }
      leaps.add(most / sum);
    }
    row("largest step over the mean step, of each path", leaps);
    assertThat(leaps).allSatisfy(leap -> assertThat(leap).isLessThanOrEqualTo(2));
  }

  @Test
  void mixturesMoveTheProbability() {
    int places = 5;
    int samples = 64;
    double[] means = new double[places];
    for (int index = 0; index < samples; index++) {
      int from = index % CLASSES;
      int to = (from + 1 + index / CLASSES % (CLASSES - 1)) % CLASSES;
      Prediction seen =
          examiner.predict(
              SamplePaths.betweenClasses(generator, from, to, 1, index, places, Controls.NONE),
              places);
      for (int place = 0; place < places; place++) {
        means[place] += seen.probability(place, to) / samples;
      }
    }
    row("probability of the other class at its share 0, .25, .5, .75, 1", boxed(means));
    assertThat(boxed(means)).isSorted();
    assertThat(means[places - 1] - means[0]).isGreaterThan(0.5);
  }

  @Test
  void variationsLeaveTheirSource() {
    List<Double> distances = new ArrayList<>();
    List<Double> agreements = new ArrayList<>();
    Prediction sources = examiner.predict(TUNE.values(), TUNE.size());
    for (int tenth = 1; tenth <= 9; tenth++) {
      ByteArrayOutputStream varied = new ByteArrayOutputStream();
      for (int row = 0; row < TUNE.size(); row++) {
        varied.writeBytes(
            generator.derive(
                Condition.ofLabel(TUNE.labels()[row]),
                new Variation(TUNE.select(new int[] {row}), tenth / 10.0),
                1,
                new long[] {row},
                Controls.NONE));
      }
      Prediction seen = examiner.predict(varied.toByteArray(), TUNE.size());
      distances.add(
          IntStream.range(0, TUNE.size())
              .mapToDouble(row -> distance(sources, row, seen, row))
              .average()
              .orElseThrow());
      agreements.add(
          IntStream.range(0, TUNE.size())
              .mapToDouble(row -> seen.best(row) == TUNE.labels()[row] ? 1 : 0)
              .average()
              .orElseThrow());
    }
    row("vary, strength 0.1 to 0.9: mean distance to the source", distances);
    row("vary, strength 0.1 to 0.9: label agreement", agreements);
    for (int i = 1; i < 9; i++) {
      assertThat(distances.get(i)).isGreaterThan(distances.get(i - 1));
      assertThat(agreements.get(i)).isLessThanOrEqualTo(agreements.get(i - 1) + NOISE);
    }
  }

  @Test
  void truncationNarrowsAClass() {
    List<Double> spreads = new ArrayList<>();
    for (double truncation : new double[] {0.3, 0.5, 0.7, 1}) {
      Controls controls = new Controls(Map.of("truncation", truncation));
      double sum = 0;
      for (int label = 0; label < CLASSES; label++) {
        int count = Math.min(generator.batch(), 64);
        byte[] drawn = generator.sample(Condition.ofLabel(label), 1, 0, count, controls);
        Prediction seen = examiner.predict(drawn, count);
        for (int row = 1; row < count; row++) {
          sum += distance(seen, row - 1, seen, row) / (count - 1) / CLASSES;
        }
      }
      spreads.add(sum);
    }
    row("truncation 0.3, 0.5, 0.7, 1: mean distance between samples of a class", spreads);
    assertThat(spreads).isSorted();
    assertThat(spreads.get(3)).isGreaterThan(1.2 * spreads.get(0));
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
    return java.util.Arrays.stream(values).boxed().toList();
  }

  private static synchronized void row(String what, List<Double> figures) {
    TABLE.append("\n* ").append(what).append(":");
    figures.forEach(figure -> TABLE.append(String.format(Locale.ROOT, " %.3f", figure)));
    TABLE.append('\n');
  }
}
