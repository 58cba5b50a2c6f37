package dev.graft.model.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Condition;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.modality.text.TextDemands;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.SamplerContract;
import dev.graft.model.TinyImages;
import dev.graft.model.TinyTexts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every language model that texts are drawn from keeps to; they have at most 12 tokens. */
abstract class LanguageSamplerContract extends SamplerContract {
  @Override
  protected DatasetSchema schema() {
    return TinyTexts.schema();
  }

  @Override
  protected LabelledRows rows(int count, long seed) {
    return TinyTexts.rows(count, seed);
  }

  @Override
  @Test
  protected void samplesLookLikeTheirClass() throws Exception {
    try (Sampler sampler = family().open(stored(fitted(1)))) {
      for (int label = 0; label < 3; label++) {
        byte[] drawn = sampler.sample(Condition.ofLabel(label), 3, 0, 8, Controls.NONE);
        double own = 0;
        double other = 0;
        for (int row = 0; row < 8; row++) {
          own += TinyTexts.share(TinyTexts.text(drawn, row), label);
          other += TinyTexts.share(TinyTexts.text(drawn, row), (label + 1) % 3);
        }
        assertThat(own).isGreaterThan(2 * other).isGreaterThan(3);
      }
    }
  }

  @Test
  void controlsRestrictWhatIsDrawn() throws Exception {
    try (Sampler sampler = family().open(stored(fitted(1)))) {
      byte[] greedy = draw(sampler, Map.of("top-k", 1.0));
      for (int row = 1; row < 8; row++) {
        assertThat(TinyTexts.text(greedy, row)).isEqualTo(TinyTexts.text(greedy, 0));
      }
      assertThat(draw(sampler, Map.of("top-p", 1e-6))).isEqualTo(greedy);
      assertThat(draw(sampler, Map.of("temperature", 1e-3))).isEqualTo(greedy);
      for (int row = 0; row < 8; row++) {
        assertThat(TinyTexts.text(draw(sampler, Map.of("max-tokens", 1.0)), row))
            .doesNotContain(" ");
      }
      assertThatThrownBy(() -> draw(sampler, Map.of("top-p", 1.5)))
          .isInstanceOf(GraftException.class)
          .hasMessageContaining("control top-p is 1.5; allowed: above 0, to 1");
    }
  }

  @Test
  void wordingIsMetByEveryText() throws Exception {
    Map<String, Double> length = Map.of("min-words", 3.0, "max-words", 5.0);
    Map<String, List<String>> texts =
        Map.of("prefix", List.of("so", "we"), "keywords", List.of("Rain", "up"));
    TextDemands demands = TextDemands.of(length, texts);
    Set<String> beginnings = new HashSet<>();
    Set<Integer> places = new HashSet<>();
    try (Sampler sampler = family().open(stored(fitted(1)))) {
      Controls controls = new Controls(length, texts);
      for (long first = 0; first < 24; first += 8) {
        byte[] drawn = sampler.sample(Condition.ofLabel(1), 4, first, 8, controls);
        for (int row = 0; row < 8; row++) {
          String text = TinyTexts.text(drawn, row);
          for (String control : demands.asked()) {
            assertThat(demands.met(control, text)).as("%s of \"%s\"", control, text).isTrue();
          }
          beginnings.add(text.substring(0, 2));
          places.add(text.indexOf("Rain"));
        }
      }
      assertThat(beginnings).containsExactlyInAnyOrder("so", "we");
      assertThat(places).hasSizeGreaterThan(1);
      byte[] together = sampler.sample(Condition.ofLabel(1), 4, 0, 8, controls);
      byte[] alone = sampler.sample(Condition.ofLabel(1), 4, 5, 1, controls);
      assertThat(TinyTexts.text(alone, 0)).isEqualTo(TinyTexts.text(together, 5));

      Controls tooLong =
          new Controls(Map.of("max-tokens", 2.0), Map.of("keywords", List.of("quite some words")));
      assertThatThrownBy(() -> sampler.sample(Condition.ofLabel(1), 4, 0, 8, tooLong))
          .isInstanceOf(GraftException.class)
          .hasMessageContaining("a text of this model has at most 2 and 48");
    }
  }

  private static byte[] draw(Sampler sampler, Map<String, Double> controls) {
    return sampler.sample(Condition.ofLabel(1), 4, 0, 8, new Controls(controls));
  }

  @Test
  void refusesImages() throws Exception {
    assertThatThrownBy(() -> family().check(definition(), TinyImages.schema(1)))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("takes texts; the data is of the modality image");
  }
}
