package dev.graft.model.classical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.model.Checkpoints;
import dev.graft.model.DefinitionReader;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.DerivingSampler;
import dev.graft.model.ModelFamily;
import dev.graft.model.RecordedCheckpoints;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.SamplerContract;
import dev.graft.model.StoredModel;
import dev.graft.model.TinyImages;
import dev.graft.model.TinyTexts;
import dev.graft.model.classical.NearWords.Near;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TextNearWordsFamilyTest extends SamplerContract {
  @Override
  protected ModelFamily<Sampler> family() {
    return new TextNearWordsFamily();
  }

  @Override
  protected String definitionYaml() {
    return """
        family: text-near-words
        architecture: {share: 0.3, splice: 0.5}
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

  /** Fifteen words stand in the texts, and the encoder knows words near each of them. */
  @Override
  @Test
  protected void trainingLearns() throws IOException {
    assertThat(fit(1, Checkpoints.none()).figures())
        .containsEntry("rows", 60.0)
        .containsEntry("words", 15.0)
        .containsEntry("known-words", 15.0);
  }

  @Override
  @Test
  protected void samplesLookLikeTheirClass() throws Exception {
    try (Sampler sampler = family().open(stored(fitted(1)))) {
      for (int label = 0; label < 3; label++) {
        byte[] drawn = sampler.sample(Condition.ofLabel(label), 3, 0, 8, Controls.NONE);
        double own = 0;
        double others = 0;
        for (int row = 0; row < 8; row++) {
          own += TinyTexts.share(TinyTexts.text(drawn, row), label);
          others += TinyTexts.share(TinyTexts.text(drawn, row), (label + 1) % 3);
        }
        assertThat(own).isBetween(3.0, 7.9);
        assertThat(others).isLessThan(1);
      }
    }
  }

  @Test
  void wordsBecomeWordsOfNearMeaning() throws IOException {
    NearWords near = NearWords.in(fitted(1).weights());
    assertThat(near.of().get("song")).extracting(Near::word).contains("songs", "lyrics", "music");
    assertThat(near.of().get("money")).extracting(Near::word).contains("cash");
    assertThat(near.of().values())
        .allSatisfy(
            words -> {
              assertThat(words).hasSizeBetween(1, 15);
              assertThat(words).extracting(Near::cosine).allMatch(cosine -> cosine >= 0.5);
              assertThat(words)
                  .isSortedAccordingTo((a, b) -> Double.compare(b.cosine(), a.cosine()));
            });
  }

  @Test
  void capitalsAndWhatIsAroundAWordStay() {
    NearWords near = new NearWords(Map.of("song", List.of(new Near("tune", 0.7))));
    CounterRandom random = CounterRandom.of(1);
    assertThat(near.replace("\"Song\"?", 0.1, random)).isEqualTo("\"Tune\"?");
    assertThat(near.replace("SONG", 0.1, random)).isEqualTo("TUNE");
    assertThat(near.replace("songs", 0.1, random)).isEqualTo("songs");
    assertThat(near.replace("so-ng", 0.1, random)).isEqualTo("so-ng");
    assertThat(near.replace("\u00e9song", 0.1, random)).isEqualTo("\u00e9song");
    assertThat(NearWords.core("\u00abna\u00efve\u00bb")).isEqualTo("na\u00efve");
    assertThat(NearWords.core("song2")).isEmpty();
    assertThat(NearWords.in(near.addedTo(emptyWeights()))).isEqualTo(near);
  }

  private byte[] emptyWeights() {
    return KeptRows.keep(rows(3, 1), 1, 1, TinyTexts.SIZE).weights();
  }

  /** The stronger, the fewer of its words are left. */
  @Test
  void aVariationChangesSoManyOfTheWords() throws Exception {
    int[] ofMusic = new int[8];
    Arrays.setAll(ofMusic, i -> 3 * i + 1);
    LabelledRows sources = rows(90, 1).select(ofMusic);
    long[] indices = LongStream.range(0, 8).toArray();
    try (DerivingSampler sampler = (DerivingSampler) family().open(stored(fitted(1)))) {
      double before = 8.01;
      for (double strength : new double[] {0.1, 0.5, 1}) {
        Variation variation = new Variation(sources, strength);
        byte[] varied = sampler.derive(Condition.ofLabel(1), variation, 5, indices, Controls.NONE);
        double own = 0;
        for (int row = 0; row < 8; row++) {
          own += TinyTexts.share(TinyTexts.text(varied, row), 1);
          byte[] alone =
              sampler.derive(
                  Condition.ofLabel(1),
                  variation.slice(row, row + 1),
                  5,
                  new long[] {row},
                  Controls.NONE);
          assertThat(TinyTexts.text(alone, 0)).isEqualTo(TinyTexts.text(varied, row));
        }
        assertThat(own).isLessThan(before);
        before = own;
      }
      byte[] unchanged =
          sampler.derive(
              Condition.ofLabel(1),
              new Variation(sources, 1),
              5,
              indices,
              new Controls(Map.of("share", 0.0)));
      assertThat(unchanged).isEqualTo(sources.values());
    }
  }

  @Test
  void refusesControlsThatMeanNothing() throws Exception {
    try (Sampler sampler = family().open(stored(fitted(1)))) {
      assertThatThrownBy(() -> draw(sampler, "share", 7))
          .isInstanceOf(GraftException.class)
          .hasMessageContaining("control share is 7.0; allowed: 0");
      assertThatThrownBy(() -> draw(sampler, "temperature", 0))
          .isInstanceOf(GraftException.class)
          .hasMessageContaining("control temperature is 0.0; allowed: 0.001");
    }
  }

  private static byte[] draw(Sampler sampler, String control, double value) {
    Controls controls = new Controls(Map.of(control, value));
    return sampler.sample(Condition.ofLabel(1), 3, 0, 8, controls);
  }

  /** All rows of the model may be gone on with, of any class. */
  @Test
  void aTextMayGoOnAsOneOfAnotherClass() throws Exception {
    TreeSet<Integer> met = new TreeSet<>();
    Path file = directory().resolve("across.yaml");
    Files.writeString(
        file,
        definitionYaml().replace("share: 0.3, splice: 0.5", "share: 0, splice: 1, across: 1"));
    StoredModel within = stored(fitted(1));
    StoredModel across =
        new StoredModel(
            new StoredModel.ModelCard(
                "across",
                "",
                DefinitionReader.read(file),
                schema(),
                "",
                1,
                "",
                0,
                within.card().figures(),
                List.of()),
            within.weights());
    try (Sampler sampler = family().open(across)) {
      byte[] drawn = sampler.sample(Condition.ofLabel(1), 3, 0, 8, Controls.NONE);
      for (int row = 0; row < 8; row++) {
        for (int label = 0; label < 3; label++) {
          if (TinyTexts.share(TinyTexts.text(drawn, row), label) > 0) {
            met.add(label);
          }
        }
        assertThat(TinyTexts.share(TinyTexts.text(drawn, row), 1)).isPositive();
      }
    }
    assertThat(met).containsExactly(0, 1, 2);
  }

  @Test
  void refusesImages() {
    assertThatThrownBy(() -> family().check(definition(), TinyImages.schema(1)))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("takes texts; the data is of the modality image");
  }
}
