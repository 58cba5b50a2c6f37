package dev.graft.model.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Condition;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.modality.text.TextDemands;
import dev.graft.model.Derivation.Interpolation;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.TinyImages;
import dev.graft.model.TinyTexts;
import dev.graft.model.VaryingSamplerContract;
import dev.graft.spec.GenerationMode.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every language model that texts are drawn from keeps to; they have at most 12 tokens. */
abstract class LanguageSamplerContract extends VaryingSamplerContract {
  /** Texts have few words. */
  @Override
  protected double[] strengths() {
    return new double[] {0.3, 0.6, 1};
  }

  /** Share of the bytes that differ, where one of both has any. */
  @Override
  protected double distance(byte[] rows, byte[] others) {
    int different = 0;
    int all = 0;
    for (int i = 0; i < rows.length; i++) {
      different += rows[i] == others[i] ? 0 : 1;
      all += rows[i] == 0 && others[i] == 0 ? 0 : 1;
    }
    return (double) different / all;
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

  @Test
  void variationsBeginAsTheirSources() throws Exception {
    try (Sampler sampler = open()) {
      byte[] sources = sources(2).values();
      int kept = 0;
      int whole = 0;
      byte[] varied = vary(sampler, 2, 0.4, 24);
      for (int row = 0; row < 24; row++) {
        List<String> source = List.of(TinyTexts.text(sources, row).split(" "));
        List<String> text = List.of(TinyTexts.text(varied, row).split(" "));
        if (source.size() > 3) {
          assertThat(text.get(0)).isEqualTo(source.get(0));
          kept++;
        }
        whole += text.equals(source) ? 1 : 0;
      }
      assertThat(kept).isGreaterThan(3);
      assertThat(whole).isLessThan(20);
    }
  }

  @Test
  void variationsMeetControlsToo() throws Exception {
    Map<String, Double> length = Map.of("max-words", 2.0);
    Map<String, List<String>> keywords = Map.of("keywords", List.of("Rain"));
    Controls controls = new Controls(length, keywords);
    TextDemands demands = TextDemands.of(length, keywords);
    Variation variation = new Variation(sources(1), 0.2).slice(0, 8);
    long[] indices = LongStream.range(0, 8).toArray();
    try (Sampler sampler = open()) {
      byte[] varied =
          deriving(sampler).derive(Condition.ofLabel(1), variation, 5, indices, controls);
      for (int row = 0; row < 8; row++) {
        for (String control : demands.asked()) {
          assertThat(demands.met(control, TinyTexts.text(varied, row))).as(control).isTrue();
        }
      }
      Controls prefix = new Controls(Map.of(), Map.of("prefix", List.of("so")));
      assertThatThrownBy(
              () -> deriving(sampler).derive(Condition.ofLabel(1), variation, 5, indices, prefix))
          .isInstanceOf(GraftException.class)
          .hasMessageContaining("control prefix says how texts begin, and so does");
    }
  }

  @Test
  void knowsNoWayBetweenTwoTexts() throws Exception {
    assertThat(family().modes(definition())).doesNotContain(Kind.INTERPOLATE);
    LabelledRows one = sources(0).select(new int[] {0});
    Interpolation path = new Interpolation(one, one, new double[] {0.5});
    try (Sampler sampler = open()) {
      assertThatThrownBy(
              () ->
                  deriving(sampler)
                      .derive(Condition.ofLabel(0), path, 5, new long[1], Controls.NONE))
          .isInstanceOf(GraftException.class)
          .hasMessageContaining("between two texts it knows no way");
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
