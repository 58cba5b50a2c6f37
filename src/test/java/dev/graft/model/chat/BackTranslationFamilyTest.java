package dev.graft.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Condition;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.model.Answers;
import dev.graft.model.AskingSampler;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.ModelDefinition;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.StoredModel;
import dev.graft.model.TinyTexts;
import dev.graft.model.chat.FakeChat.Trouble;
import dev.graft.model.nn.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackTranslationFamilyTest {
  private static final int SAMPLES = 8;

  @TempDir Path directory;

  private final FakeChat chat = new FakeChat(Trouble.HALF_GARBAGE);
  private final LabelledRows sources = TinyTexts.rows(SAMPLES, 4);

  @AfterEach
  void close() {
    chat.close();
  }

  private AskingSampler open() throws IOException {
    ModelDefinition definition =
        ChatDefinitions.read(directory, ChatDefinitions.backTranslation(chat.url(), ""));
    new BackTranslationFamily().check(definition, TinyTexts.schema());
    return (AskingSampler)
        new BackTranslationFamily()
            .open(
                new StoredModel(
                    new StoredModel.ModelCard(
                        "t", "", definition, TinyTexts.schema(), "", 1, "", 0, Map.of(), List.of()),
                    Safetensors.of(Map.of(), Map.of()).encode()),
                directory.resolve("answers").toString());
  }

  private Answers vary(AskingSampler sampler, int from, int to, double strength) {
    return sampler.ask(
        Condition.ofLabel(0),
        new Variation(sources, strength).slice(from, to),
        5,
        LongStream.range(from, to).toArray(),
        Controls.NONE);
  }

  @Test
  void textsGoThereAndComeHome() throws IOException {
    try (AskingSampler sampler = open()) {
      Answers answers = vary(sampler, 0, SAMPLES, 1);
      assertThat(answers.nothing()).isEmpty();
      assertThat(answers.use().questions()).isEqualTo(2 * SAMPLES);
      for (int row = 0; row < SAMPLES; row++) {
        assertThat(TinyTexts.text(answers.values(), row))
            .isEqualTo("please " + TinyTexts.text(sources.values(), row));
      }
      assertThat(chat.bodies())
          .anyMatch(body -> body.contains("from English to French"))
          .anyMatch(body -> body.contains("from German to English"));
    }
  }

  @Test
  void samplesDoNotDependOnTheirBatchAndAreKept() throws IOException {
    byte[] whole;
    try (AskingSampler sampler = open()) {
      whole = vary(sampler, 0, SAMPLES, 0.5).values();
    }
    assertThat(chat.bodies()).allMatch(body -> body.contains("\"temperature\":0.5"));
    chat.trouble(Trouble.ALL_FAIL);
    try (AskingSampler sampler = open()) {
      Answers part = vary(sampler, 3, 6, 0.5);
      assertThat(part.sent()).isZero();
      assertThat(part.values())
          .isEqualTo(Arrays.copyOfRange(whole, 3 * TinyTexts.SIZE, 6 * TinyTexts.SIZE));
    }
  }

  @Test
  void drawsNothingByItself() throws IOException {
    assertThat(new BackTranslationFamily().needsMode()).isTrue();
    try (AskingSampler sampler = open()) {
      assertThatThrownBy(() -> sampler.sample(Condition.ofLabel(0), 1, 0, 1, Controls.NONE))
          .isInstanceOf(GraftException.class)
          .hasMessageContaining("set augment.mode to {vary: real, strength: 1}");
    }
  }
}
