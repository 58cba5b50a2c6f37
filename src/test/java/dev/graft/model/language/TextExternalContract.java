package dev.graft.model.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Condition;
import dev.graft.model.Checkpoints;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelFamily;
import dev.graft.model.RecordedCheckpoints;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.StoredModel;
import dev.graft.model.TinyTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What language models from files keep to: there is nothing to train. */
abstract class TextExternalContract extends LanguageSamplerContract {
  private static final List<String> FILES =
      List.of("words.pt", "words.onnx", "graft.json", "huggingface.json");

  private String copied;

  /** A definition file's content. */
  protected abstract String yaml();

  @Override
  protected final String definitionYaml() {
    return copied == null ? yaml() : copied;
  }

  @Override
  protected final ModelFamily<Sampler> family() {
    return new TextExternalFamily();
  }

  /** The model is the files, whatever the seed. */
  @Override
  @Test
  protected void sameRunGivesSameBytesAndAnotherSeedOthers() throws IOException {
    FittedModel first = fit(1, Checkpoints.none());
    assertThat(fit(1, Checkpoints.none()).weights()).isEqualTo(first.weights());
    assertThat(fit(2, Checkpoints.none()).weights()).isEqualTo(first.weights());
  }

  @Override
  @Test
  protected void continuedFromAnyCheckpointEndsWithSameBytes() throws IOException {
    RecordedCheckpoints all = RecordedCheckpoints.fresh();
    fit(1, all);
    assertThat(all.saved()).isEmpty();
  }

  @Override
  @Test
  protected void trainingLearns() throws IOException {
    assertThat(fit(1, Checkpoints.none()).history()).isEmpty();
  }

  /** The files draw the words of a class in the order that make_external_language.py gives them. */
  @Test
  void theLikeliestTextIsThatOfTheFile() throws Exception {
    try (Sampler sampler = family().open(stored(fitted(1)))) {
      Controls greedy = new Controls(Map.of("top-k", 1.0));
      byte[] weather = sampler.sample(Condition.ofLabel(0), 1, 0, 1, greedy);
      byte[] money = sampler.sample(Condition.ofLabel(2), 1, 0, 1, greedy);
      assertThat(TinyTexts.text(weather, 0)).isEqualTo("rain snow wind");
      assertThat(TinyTexts.text(money, 0)).isEqualTo("money bank pay");
    }
  }

  /** Workers have the store, not the files. */
  @Test
  void theFilesAreNotNeededOnceTheyAreInTheModel() throws Exception {
    String digest = definition().digest();
    copied = yaml();
    Path copies = Files.createDirectory(directory().resolve("copies"));
    for (String name : FILES) {
      Files.copy(LanguageFiles.path(name), copies.resolve(name));
      copied = copied.replace(LanguageFiles.path(name).toString(), "copies/" + name);
    }
    StoredModel stored = stored(fit(1, Checkpoints.none()));
    for (String name : FILES) {
      Files.delete(copies.resolve(name));
    }
    try (Sampler sampler = family().open(stored)) {
      assertThat(use(sampler)).isNotBlank();
    }
    assertThat(stored.card().definition().digest()).isEqualTo(digest);
  }
}
