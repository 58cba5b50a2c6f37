package dev.graft.model.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.model.Checkpoints;
import dev.graft.model.Classifier;
import dev.graft.model.Classifier.Prediction;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelFamily;
import dev.graft.model.ModelFamilyContract;
import dev.graft.model.TinyImages;
import dev.graft.model.TrainingRun;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassifierFamilyTest extends ModelFamilyContract<Classifier> {
  private static final int ROWS = 21;

  @Override
  protected ModelFamily<Classifier> family() {
    return new ClassifierFamily();
  }

  @Override
  protected int channels() {
    return 3;
  }

  @Override
  protected String definitionYaml() {
    return """
        family: classifier
        architecture:
          convolutions:
            - {channels: 4, kernel: 3, pool: 2}
            - {channels: 8, kernel: 3, stride: 2}
          dense: [12]
          dropout: 0.2
        training:
          steps: 70
          batch: 16
          learning-rate: 0.01
          ema: 0.8
          label-smoothing: 0.1
          eval-every: 15
          checkpoint-every: 20
        compute: {batch: 8}
        """;
  }

  @Override
  protected String use(Classifier classifier) {
    Prediction prediction = classifier.predict(TinyImages.rows(channels(), ROWS, 3).values(), ROWS);
    return Arrays.toString(prediction.probabilities()) + Arrays.toString(prediction.features());
  }

  @Test
  void tellsTheClassesApart() throws Exception {
    LabelledRows rows = TinyImages.rows(channels(), 60, 7);
    try (Classifier classifier = family().open(stored(fit(1, Checkpoints.none())))) {
      Prediction prediction = classifier.predict(rows.values(), rows.size());
      int right = 0;
      for (int i = 0; i < rows.size(); i++) {
        right += prediction.best(i) == rows.labels()[i] ? 1 : 0;
      }
      assertThat(right).isGreaterThanOrEqualTo(57);
      assertThat(classifier.classes()).isEqualTo(3);
      assertThat(classifier.featureSize()).isEqualTo(12);
    }
  }

  @Test
  void rowsDoNotDependOnTheirNeighbours() throws Exception {
    LabelledRows rows = TinyImages.rows(channels(), ROWS, 3);
    try (Classifier classifier = family().open(stored(fit(1, Checkpoints.none())))) {
      Prediction together = classifier.predict(rows.values(), ROWS);
      for (int row = 0; row < ROWS; row += 5) {
        Prediction alone = classifier.predict(rows.select(new int[] {row}).values(), 1);
        assertThat(alone.probabilities())
            .isEqualTo(Arrays.copyOfRange(together.probabilities(), row * 3, row * 3 + 3));
        assertThat(alone.features())
            .isEqualTo(Arrays.copyOfRange(together.features(), row * 12, row * 12 + 12));
      }
    }
  }

  @Test
  void keepsTheBestWeightsOnTuneRows() throws Exception {
    FittedModel fitted = fit(1, Checkpoints.none());
    double best =
        fitted.history().stream()
            .mapToDouble(point -> point.values().get("tune-accuracy"))
            .max()
            .orElseThrow();
    assertThat(fitted.figures()).containsEntry("tune-accuracy", best);
    assertThat(fitted.history()).anyMatch(point -> point.step() == fitted.bestStep());
  }

  @Test
  void learnsSoftLabelsAsTheyAre() throws Exception {
    LabelledRows hard = TinyImages.rows(channels(), 90, 1);
    float[] targets = new float[hard.size() * 3];
    for (int row = 0; row < hard.size(); row++) {
      targets[row * 3 + hard.labels()[row]] = 0.6f;
      targets[row * 3 + (hard.labels()[row] + 1) % 3] = 0.4f;
    }
    LabelledRows rows =
        new LabelledRows(hard.rowSize(), hard.values(), hard.labels(), hard.ids(), targets);
    double[] softly = meanOfOwnAndNextClass(rows);
    assertThat(softly[0]).isBetween(0.5, 0.65);
    assertThat(softly[1]).isBetween(0.3, 0.45);
    double[] certainly = meanOfOwnAndNextClass(hard);
    assertThat(certainly[0]).isGreaterThan(0.8);
    assertThat(certainly[1]).isLessThan(0.15);
  }

  /** Probabilities that a model of these rows gives other rows. */
  private double[] meanOfOwnAndNextClass(LabelledRows train) throws Exception {
    TrainingRun run =
        new TrainingRun(
            "tiny",
            definition(),
            schema(),
            train,
            TinyImages.rows(channels(), 30, 2),
            1,
            Checkpoints.none(),
            null);
    LabelledRows unseen = TinyImages.rows(channels(), 60, 7);
    double[] means = new double[2];
    try (Classifier classifier = family().open(stored(family().fit(run)))) {
      Prediction prediction = classifier.predict(unseen.values(), unseen.size());
      for (int row = 0; row < unseen.size(); row++) {
        int label = unseen.labels()[row];
        means[0] += prediction.probability(row, label) / unseen.size();
        means[1] += prediction.probability(row, (label + 1) % 3) / unseen.size();
      }
    }
    return means;
  }

  @Test
  void refusesDataOfOneClass() throws Exception {
    TrainingRun run =
        new TrainingRun(
            "tiny",
            definition(),
            new DatasetSchema("image", List.of(3, 8, 8), List.of("only")),
            TinyImages.rows(3, 10, 1),
            TinyImages.rows(3, 10, 2),
            1,
            Checkpoints.none(),
            null);
    assertThatThrownBy(() -> family().fit(run))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("at least 2 classes; the data has 1");
  }
}
