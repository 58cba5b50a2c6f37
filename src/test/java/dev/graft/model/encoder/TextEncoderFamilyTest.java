package dev.graft.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.modality.text.CanonicalText;
import dev.graft.model.Checkpoints;
import dev.graft.model.Classifier;
import dev.graft.model.Classifier.Prediction;
import dev.graft.model.ModelFamily;
import dev.graft.model.ModelFamilyContract;
import dev.graft.model.TinyImages;
import dev.graft.model.TinyTexts;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextEncoderFamilyTest extends ModelFamilyContract<Classifier> {
  private static final int ROWS = 21;

  @Override
  protected ModelFamily<Classifier> family() {
    return new TextEncoderFamily();
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
        family: text-encoder
        training:
          steps: 70
          batch: 16
          learning-rate: 0.001
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
  void knowsWordsThatNoTrainingTextHas() throws Exception {
    List<String> texts =
        List.of("thunderstorms tonight", "a violin concerto", "transfer my salary");
    byte[] values = new byte[3 * TinyTexts.SIZE];
    for (int row = 0; row < 3; row++) {
      CanonicalText.write(texts.get(row), values, row * TinyTexts.SIZE, TinyTexts.SIZE);
    }
    try (Classifier classifier = family().open(stored(fit(1, Checkpoints.none())))) {
      Prediction prediction = classifier.predict(values, 3);
      for (int row = 0; row < 3; row++) {
        assertThat(prediction.best(row)).as(texts.get(row)).isEqualTo(row);
      }
      assertThat(classifier.featureSize()).isEqualTo(384);
    }
  }

  /** A row's answer has the same bits whatever is asked with it. */
  @Test
  void rowsDoNotDependOnEachOther() throws Exception {
    LabelledRows rows = rows(ROWS, 3);
    try (Classifier classifier = family().open(stored(fit(1, Checkpoints.none())))) {
      Prediction all = classifier.predict(rows.values(), ROWS);
      for (int row = 0; row < ROWS; row += 4) {
        Prediction alone = classifier.predict(rows.select(new int[] {row}).values(), 1);
        assertThat(alone.features())
            .isEqualTo(Arrays.copyOfRange(all.features(), row * 384, (row + 1) * 384));
        assertThat(alone.probabilities())
            .isEqualTo(Arrays.copyOfRange(all.probabilities(), row * 3, (row + 1) * 3));
      }
    }
  }

  @Test
  void refusesImages() {
    assertThatThrownBy(() -> family().check(definition(), TinyImages.schema(1)))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("takes texts");
  }
}
