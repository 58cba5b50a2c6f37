package dev.graft.model.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.modality.text.CanonicalText;
import dev.graft.model.Checkpoints;
import dev.graft.model.DefinitionReader;
import dev.graft.model.Derivation.ClassMixture;
import dev.graft.model.FineTuning;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.StoredModel;
import dev.graft.model.TinyTexts;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.watch.WatchStory.Verdict;
import dev.graft.spec.GenerationMode.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every family of language models that are trained keeps to. */
abstract class LanguageFamilyContract extends LanguageSamplerContract {
  private static final List<String> BARELY = List.of("steps=1", "learning-rate=1e-6");

  /** Money and weather under other numbers, between them a class that the model does not know. */
  private static final DatasetSchema TURNED =
      new DatasetSchema("text", List.of(TinyTexts.SIZE), List.of("money", "travel", "weather"));

  @Test
  void tellsTheBitsOfAByte() throws Exception {
    FittedModel fitted = fitted(1);
    assertThat(fitted.figures()).containsOnlyKeys("tune-loss", "tune-bits-per-byte");
    assertThat(fitted.figures().get("tune-bits-per-byte")).isBetween(0.1, 8.0);
  }

  @Test
  void theFamilySaysWhatItCanDo() throws Exception {
    assertThat(family().modes(definition())).containsExactlyInAnyOrder(Kind.VARY, Kind.MIX_CLASSES);
  }

  /** Words of the other class come with its share. */
  @Test
  void mixturesGoFromOneClassToTheOther() throws Exception {
    double[] shares = new double[3];
    try (Sampler sampler = open()) {
      for (int step = 0; step < shares.length; step++) {
        double[] same = new double[8];
        Arrays.fill(same, step / 2.0);
        int[] other = new int[8];
        Arrays.fill(other, 1);
        for (int call = 0; call < 6; call++) {
          byte[] mixed = mix(sampler, new ClassMixture(new int[8], other, same), call * 8L);
          shares[step] += share(mixed, 1) / 6;
        }
      }
    }
    assertThat(shares[0]).isLessThan(shares[1]);
    assertThat(shares[1]).isLessThan(shares[2]);
  }

  private static double share(byte[] rows, int label) {
    double share = 0;
    int count = rows.length / TinyTexts.SIZE;
    for (int row = 0; row < count; row++) {
      share += TinyTexts.share(TinyTexts.text(rows, row), label) / count;
    }
    return share;
  }

  @Test
  void aModelThatIsTrainedFurtherKeepsItsTokensAndItsClasses() throws Exception {
    StoredModel base = stored(fitted(1));
    ModelDefinition barely = FineTuning.definition(definition(), "tiny@1", BARELY);
    LabelledRows other = foreign(rows(60, 7));
    FittedModel fitted = family().fit(run(barely, TURNED, other, Checkpoints.none()).from(base));
    assertThat(tokenizer(fitted.weights())).isEqualTo(tokenizer(base.weights()));
    StoredModel turned = stored(fitted, barely, TURNED);
    try (Sampler before = family().open(base);
        Sampler after = family().open(turned)) {
      for (int known : new int[] {0, 2}) {
        byte[] drawn = after.sample(Condition.ofLabel(2 - known), 3, 0, 8, Controls.NONE);
        assertThat(share(drawn, known)).isGreaterThan(0.3);
        assertThat(share(drawn, known))
            .isGreaterThan(
                share(after.sample(Condition.ofLabel(known), 3, 0, 8, Controls.NONE), known));
      }
      // The new one is between those that were known.
      byte[] travel = after.sample(Condition.ofLabel(1), 3, 0, 8, Controls.NONE);
      byte[] music = before.sample(Condition.ofLabel(1), 3, 0, 8, Controls.NONE);
      assertThat(share(travel, 1)).isLessThan(share(music, 1));
    }
  }

  /** Other words, so that tokens learned from them would be others. */
  private static LabelledRows foreign(LabelledRows rows) {
    byte[] values = new byte[rows.values().length];
    for (int row = 0; row < rows.size(); row++) {
      int word = CounterRandom.of(9, row).below(0, 4);
      String text = List.of("zug nach", "bahn um", "flug ab", "schiff zu").get(word);
      CanonicalText.write(text, values, row * TinyTexts.SIZE, TinyTexts.SIZE);
    }
    return new LabelledRows(TinyTexts.SIZE, values, rows.labels(), rows.ids());
  }

  private static byte[] tokenizer(byte[] weights) {
    return Safetensors.decode(weights).bytes().get(LanguageFamily.TOKENIZER_FILE).values();
  }

  @Test
  void aHealthyTrainingIsAsItWouldBeUnwatched() throws Exception {
    FittedModel watched = fitted(11);
    assertThat(watched.watch().verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(watched.watch().reference()).containsKeys("watch-coverage", "watch-duplicates");
    assertThat(watched.history()).allMatch(point -> point.values().containsKey("watch-duplicates"));
    ModelDefinition alone = changed("training.watch.on-alarm=none");
    FittedModel unwatched = family().fit(run(alone, schema(), rows(90, 1), Checkpoints.none()));
    assertThat(unwatched.watch()).isNull();
    assertThat(unwatched.weights()).isEqualTo(watched.weights());
  }

  protected final ModelDefinition changed(String... settings) throws IOException {
    return DefinitionReader.changed(definition(), "tiny.yaml", List.of(settings));
  }

  protected final TrainingRun run(
      ModelDefinition definition,
      DatasetSchema schema,
      LabelledRows train,
      Checkpoints checkpoints) {
    return new TrainingRun("tiny", definition, schema, train, rows(30, 2), 11, checkpoints, null);
  }

  private StoredModel stored(FittedModel fitted, ModelDefinition definition, DatasetSchema schema)
      throws IOException {
    StoredModel.ModelCard card = stored(fitted).card();
    return new StoredModel(
        new StoredModel.ModelCard(
            card.name(),
            "",
            definition,
            schema,
            "",
            card.seed(),
            "",
            fitted.bestStep(),
            fitted.figures(),
            new ArrayList<>(fitted.history())),
        fitted.weights());
  }
}
