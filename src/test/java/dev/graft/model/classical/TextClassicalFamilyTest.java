package dev.graft.model.classical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Condition;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.model.Checkpoints;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.DerivingSampler;
import dev.graft.model.ModelFamily;
import dev.graft.model.RecordedCheckpoints;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.SamplerContract;
import dev.graft.model.TinyImages;
import dev.graft.model.TinyTexts;
import dev.graft.spec.GenerationMode.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextClassicalFamilyTest extends SamplerContract {
  @Override
  protected ModelFamily<Sampler> family() {
    return new TextClassicalFamily();
  }

  @Override
  protected String definitionYaml() {
    return """
        family: text-classical
        architecture: {alpha: 0.3, operations: [exchange, delete, letters]}
        training: {rows-per-class: 20}
        compute: {batch: 8}
        """;
  }

  @Override
  protected DatasetSchema schema() {
    return TinyTexts.schema();
  }

  @Override
  protected LabelledRows rows(int count, long seed) {
    return TinyTexts.rows(count, seed);
  }

  /** There is nothing to go on with. */
  @Override
  @Test
  protected void continuedFromAnyCheckpointEndsWithSameBytes() throws IOException {
    RecordedCheckpoints all = RecordedCheckpoints.fresh();
    fit(1, all);
    assertThat(all.saved()).isEmpty();
  }

  /** What it learns is how many rows it holds. */
  @Override
  @Test
  protected void trainingLearns() throws IOException {
    assertThat(fit(1, Checkpoints.none()).figures()).containsEntry("rows", 60.0);
  }

  @Override
  @Test
  protected void samplesLookLikeTheirClass() throws Exception {
    try (Sampler sampler = family().open(stored(fitted(1)))) {
      for (int label = 0; label < 3; label++) {
        byte[] drawn = sampler.sample(Condition.ofLabel(label), 3, 0, 8, Controls.NONE);
        double own = 0;
        for (int row = 0; row < 8; row++) {
          own += TinyTexts.share(TinyTexts.text(drawn, row), label);
          assertThat(TinyTexts.share(TinyTexts.text(drawn, row), (label + 1) % 3)).isZero();
        }
        assertThat(own).isGreaterThan(4);
      }
    }
  }

  @Test
  void aVariationIsItsSourceAfterAnOperation() throws Exception {
    LabelledRows train = TinyTexts.rows(90, 1);
    int[] ofMusic = new int[8];
    Arrays.setAll(ofMusic, i -> 3 * i + 1);
    LabelledRows sources = train.select(ofMusic);
    Variation variation = new Variation(sources, 1);
    long[] indices = {0, 1, 2, 3, 4, 5, 6, 7};
    Set<String> lengths = new HashSet<>();
    try (DerivingSampler sampler = (DerivingSampler) family().open(stored(fitted(1)))) {
      byte[] varied = sampler.derive(Condition.ofLabel(1), variation, 5, indices, Controls.NONE);
      for (int row = 0; row < 8; row++) {
        String after = TinyTexts.text(varied, row);
        String before = TinyTexts.text(sources.values(), row);
        assertThat(after).isNotEmpty();
        lengths.add(Integer.toString(after.length() - before.length()));
        byte[] alone =
            sampler.derive(
                Condition.ofLabel(1),
                variation.slice(row, row + 1),
                5,
                new long[] {row},
                Controls.NONE);
        assertThat(TinyTexts.text(alone, 0)).isEqualTo(after);
      }
      assertThat(lengths).hasSizeGreaterThan(1);
      byte[] unchanged =
          sampler.derive(
              Condition.ofLabel(1), variation, 5, indices, new Controls(Map.of("magnitude", 0.0)));
      assertThat(unchanged).isEqualTo(variation.sources().values());
    }
    assertThat(family().modes(definition())).containsExactly(Kind.VARY);
  }

  @Test
  void refusesImages() {
    assertThatThrownBy(() -> family().check(definition(), TinyImages.schema(1)))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("takes texts; the data is of the modality image");
  }
}
