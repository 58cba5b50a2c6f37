package dev.graft.model.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.LabelledRows;
import dev.graft.model.Checkpoints;
import dev.graft.model.Classifier;
import dev.graft.model.Classifier.Prediction;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelFamily;
import dev.graft.model.ModelFamilyContract;
import dev.graft.model.TinyImages;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExternalClassifierFamilyTest extends ModelFamilyContract<Classifier> {
  private static final int ROWS = 21;
  private static final String WITH_LOGITS =
      """
      family: external-classifier
      architecture:
        file: %s
        image: {channels: 1, height: 8, width: 8, range: [0, 1]}
        outputs: [embedding, logits]
        embedding: 8
        classes: [%s]
      compute: {batch: 8}
      """;

  private String yaml = ExternalFiles.embedder("band-embedder.onnx", 8, 8);

  @Override
  protected ModelFamily<Classifier> family() {
    return new ExternalClassifierFamily();
  }

  @Override
  protected String definitionYaml() {
    return yaml;
  }

  @Override
  protected String use(Classifier classifier) {
    Prediction prediction = classifier.predict(TinyImages.rows(1, ROWS, 3).values(), ROWS);
    return Arrays.toString(prediction.probabilities()) + Arrays.toString(prediction.features());
  }

  private void tellsTheClassesApart(FittedModel fitted, int featureSize) throws Exception {
    LabelledRows rows = TinyImages.rows(1, 60, 7);
    try (Classifier classifier = family().open(stored(fitted))) {
      Prediction prediction = classifier.predict(rows.values(), rows.size());
      int right = 0;
      for (int row = 0; row < rows.size(); row++) {
        right += prediction.best(row) == rows.labels()[row] ? 1 : 0;
        float sum = 0;
        for (int c = 0; c < classifier.classes(); c++) {
          sum += prediction.probability(row, c);
        }
        assertThat(sum).isBetween(0.9999f, 1.0001f);
      }
      assertThat(right).isEqualTo(60);
      assertThat(fitted.figures()).containsEntry("tune-accuracy", 1.0);
      assertThat(classifier.featureSize()).isEqualTo(featureSize);
    }
  }

  @Test
  void anEmbeddingLearnsTheClasses() throws Exception {
    tellsTheClassesApart(fit(1, Checkpoints.none()), 16);
  }

  @Test
  void theFilesOwnLogitsAreTakenAsTheyAre() throws Exception {
    yaml =
        WITH_LOGITS.formatted(ExternalFiles.section("band-classifier.pt"), "top, middle, bottom");
    tellsTheClassesApart(fit(1, Checkpoints.none()), 8);
  }

  @Test
  void embeddingsAreOfTheDeclaredPixels() throws Exception {
    byte[] image = new byte[64];
    Arrays.fill(image, 0, 4, (byte) 255);
    try (Classifier classifier = family().open(stored(fit(1, Checkpoints.none())))) {
      float[] features = classifier.predict(image, 1).features();
      // Blocks of 2 x 2 pixels in [-1, 1], of which two have a white upper half.
      assertThat(features).hasSize(16).startsWith(0, 0, -1).endsWith(-1);
    }
  }

  @Test
  void aRowIsTheSameInAnyCall() throws Exception {
    byte[] values = TinyImages.rows(1, ROWS, 3).values();
    try (Classifier classifier = family().open(stored(fit(1, Checkpoints.none())))) {
      Prediction whole = classifier.predict(values, ROWS);
      Prediction one = classifier.predict(Arrays.copyOfRange(values, 10 * 64, 11 * 64), 1);
      assertThat(one.features()).isEqualTo(Arrays.copyOfRange(whole.features(), 160, 176));
      assertThat(one.probabilities()).isEqualTo(Arrays.copyOfRange(whole.probabilities(), 30, 33));
    }
  }
}
