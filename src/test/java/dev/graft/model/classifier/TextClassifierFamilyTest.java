package dev.graft.model.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.model.Checkpoints;
import dev.graft.model.Classifier;
import dev.graft.model.Classifier.Prediction;
import dev.graft.model.ModelFamily;
import dev.graft.model.ModelFamilyContract;
import dev.graft.model.TinyImages;
import dev.graft.model.TinyTexts;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TextClassifierFamilyTest extends ModelFamilyContract<Classifier> {
  private static final int ROWS = 21;

  @Override
  protected ModelFamily<Classifier> family() {
    return new TextClassifierFamily();
  }

  @Override
  protected DatasetSchema schema() {
    return TinyTexts.schema();
  }

  @Override
  protected LabelledRows rows(int count, long seed) {
    return TinyTexts.rows(count, seed);
  }

  @Override
  protected String definitionYaml() {
    return """
        family: text-classifier
        architecture:
          grams: {characters: [2, 3], words: [1, 2], buckets: 256}
          dense: [12]
          dropout: 0.2
        training:
          steps: 70
          batch: 16
          learning-rate: 0.003
          ema: 0.8
          eval-every: 15
          checkpoint-every: 20
        compute: {batch: 8}
        """;
  }

  @Override
  protected String use(Classifier classifier) {
    Prediction prediction = classifier.predict(rows(ROWS, 3).values(), ROWS);
    return Arrays.toString(prediction.probabilities()) + Arrays.toString(prediction.features());
  }

  @Test
  void tellsTheClassesApart() throws Exception {
    LabelledRows rows = rows(60, 7);
    try (Classifier classifier = family().open(stored(fit(1, Checkpoints.none())))) {
      Prediction prediction = classifier.predict(rows.values(), rows.size());
      int right = 0;
      for (int i = 0; i < rows.size(); i++) {
        right += prediction.best(i) == rows.labels()[i] ? 1 : 0;
      }
      assertThat(right).isGreaterThanOrEqualTo(57);
      assertThat(classifier.featureSize()).isEqualTo(12);
    }
  }

  @Test
  void refusesImages() throws Exception {
    assertThatThrownBy(() -> family().check(definition(), TinyImages.schema(1)))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("takes texts");
  }
}
