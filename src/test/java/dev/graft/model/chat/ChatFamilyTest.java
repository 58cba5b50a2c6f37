package dev.graft.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Condition;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.model.Answers;
import dev.graft.model.AskingSampler;
import dev.graft.model.Checkpoints;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelFamily;
import dev.graft.model.RecordedCheckpoints;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.SamplerContract;
import dev.graft.model.TinyTexts;
import dev.graft.model.chat.FakeChat.Trouble;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What all generators keep to, of texts that a service writes three at a time. */
class ChatFamilyTest extends SamplerContract {
  private final FakeChat chat = new FakeChat(Trouble.NONE);

  @AfterEach
  void close() {
    chat.close();
  }

  @Override
  protected ModelFamily<Sampler> family() {
    return new ChatFamily();
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
    return ChatDefinitions.chat(chat.url(), 3, "");
  }

  /** Another seed keeps other texts as examples. */
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
    FittedModel fitted = fit(1, Checkpoints.none());
    assertThat(fitted.history()).isEmpty();
    assertThat(Examples.decode(fitted.weights(), schema()).byClass())
        .allSatisfy(texts -> assertThat(texts).hasSize(12));
  }

  @Override
  @Test
  protected void samplesLookLikeTheirClass() throws Exception {
    try (Sampler sampler = family().open(stored(fit(1, Checkpoints.none())))) {
      for (int label = 0; label < 3; label++) {
        byte[] drawn = sampler.sample(Condition.ofLabel(label), 3, 0, 8, Controls.NONE);
        for (int row = 0; row < 8; row++) {
          assertThat(TinyTexts.share(TinyTexts.text(drawn, row), label)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void examplesAreRealTextsOfTheClassAndOthersForEachQuestion() throws Exception {
    try (AskingSampler sampler =
        (AskingSampler) family().open(stored(fit(1, Checkpoints.none())))) {
      long[] indices = {0, 1, 2, 3, 4, 5};
      Answers answers =
          sampler.ask(Condition.ofLabel(1), null, 5, indices, new Controls(Map.of("top-p", 0.5)));
      assertThat(answers.nothing()).isEmpty();
      assertThat(answers.use().questions()).isEqualTo(2);
      assertThat(answers.use().promptTokens()).isEqualTo(200);
      assertThat(answers.use().completionTokens()).isEqualTo(20);
      assertThat(answers.use().cost()).isEqualTo(2 * 0.0001 + 2 * 0.00002);
      assertThat(answers.use().currency()).isEqualTo("EUR");
    }
    assertThat(chat.bodies()).hasSize(2).doesNotHaveDuplicates();
    assertThat(chat.bodies())
        .allSatisfy(
            body ->
                assertThat(body)
                    .contains("the class \\\"music\\\"", "Write 3 more", "\"top_p\":0.5")
                    .contains("json_schema", "- "));
  }

  @Test
  void mistakesInADefinitionAreTold() {
    Map.of(
            "{count}", "is for several texts, lacks the place {count}",
            "{examples}", "architecture.prompt lacks the place {examples}")
        .forEach((place, message) -> refused(definitionYaml().replace(place, "some"), message));
    refused(
        definitionYaml().replace("{class}", "{class} {style}"),
        "architecture.prompt has the place {style}; allowed: {class}, {classes}, {count},"
            + " {examples}, {parts}");
    refused(
        definitionYaml().replace("http:", "ftp:"),
        "architecture.service.url is no address of a chat service");
    refused(
        definitionYaml().replace("http://", "http://me:secret@"),
        "a key belongs in the environment variable");
    refused(
        definitionYaml().replace("key: HOME", "key: sk-123"),
        "expected the name of an environment variable");
    refused(
        definitionYaml() + "  answer: {schema: {$ref: 'http://localhost/x.json'}}\n",
        "allowed: references within it");
    refused(definitionYaml() + "  answer: {texts: texts}\n", "allowed: a JSON Pointer to a list");
  }

  private void refused(String yaml, String message) {
    assertThatThrownBy(() -> family().check(ChatDefinitions.read(directory(), yaml), schema()))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }
}
