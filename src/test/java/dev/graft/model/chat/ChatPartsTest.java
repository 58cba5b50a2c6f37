package dev.graft.model.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Condition;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.json.Json;
import dev.graft.modality.text.CanonicalText;
import dev.graft.modality.text.TextParts;
import dev.graft.model.Answers;
import dev.graft.model.AskingSampler;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.StoredModel;
import dev.graft.model.TinyTexts;
import dev.graft.model.chat.FakeChat.Trouble;
import dev.graft.model.nn.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts of a question and an answer, by services that see one of them at a time, or both. */
class ChatPartsTest {
  private static final int SAMPLES = 6;
  private static final DatasetSchema SCHEMA =
      new DatasetSchema(
          "text",
          TinyTexts.schema().shape(),
          TinyTexts.schema().classes(),
          List.of("question", "answer"));

  @TempDir Path directory;

  private final FakeChat chat = new FakeChat(Trouble.HALF_GARBAGE);
  private final LabelledRows pairs = pairs();

  @AfterEach
  void close() {
    chat.close();
  }

  /** The first word of a text is the question, the rest of them the answer. */
  private static LabelledRows pairs() {
    LabelledRows rows = TinyTexts.rows(30, 4);
    byte[] values = new byte[rows.values().length];
    for (int row = 0; row < rows.size(); row++) {
      String text = TinyTexts.text(rows.values(), row).replaceFirst(" ", "\t");
      CanonicalText.write(text, values, row * TinyTexts.SIZE, TinyTexts.SIZE);
    }
    return new LabelledRows(TinyTexts.SIZE, values, rows.labels(), rows.ids());
  }

  private AskingSampler open(ModelFamily<Sampler> family, String yaml, byte[] weights)
      throws IOException {
    ModelDefinition definition = ChatDefinitions.read(directory, yaml);
    family.check(definition, SCHEMA);
    StoredModel.ModelCard card =
        new StoredModel.ModelCard("t", "", definition, SCHEMA, "", 1, "", 0, Map.of(), List.of());
    return (AskingSampler) family.open(new StoredModel(card, weights));
  }

  @Test
  void examplesAndAnswersAreObjectsWithAStringForEachPart() throws IOException {
    byte[] weights = Examples.encode(pairs, 12, 1);
    try (AskingSampler sampler =
        open(new ChatFamily(), ChatDefinitions.chat(chat.url(), 3, ""), weights)) {
      Answers answers =
          sampler.ask(
              Condition.ofLabel(1), null, 5, LongStream.range(0, SAMPLES).toArray(), Controls.NONE);
      assertThat(answers.nothing()).isEmpty();
      for (int row = 0; row < SAMPLES; row++) {
        String text = TinyTexts.text(answers.values(), row);
        assertThat(TextParts.complete(text, 2)).as(text).isTrue();
        assertThat(TinyTexts.share(text.replace('\t', ' '), 1)).isEqualTo(1);
      }
    }
    assertThat(chat.bodies())
        .allSatisfy(
            body ->
                assertThat(body)
                    .contains(
                        "- {\\\"question\\\":\\\"", "\"required\":[\"question\",\"answer\"]"));
  }

  @Test
  void eachPartGoesThereAndComesHome() throws IOException {
    byte[] nothing = Safetensors.of(Map.of(), Map.of()).encode();
    String yaml = ChatDefinitions.backTranslation(chat.url(), "");
    try (AskingSampler sampler = open(new BackTranslationFamily(), yaml, nothing)) {
      Answers answers =
          sampler.ask(
              Condition.ofLabel(0),
              new Variation(pairs, 1).slice(0, SAMPLES),
              5,
              LongStream.range(0, SAMPLES).toArray(),
              Controls.NONE);
      assertThat(answers.nothing()).isEmpty();
      assertThat(answers.use().questions()).isEqualTo(2 * 2 * SAMPLES);
      for (int row = 0; row < SAMPLES; row++) {
        assertThat(TinyTexts.text(answers.values(), row))
            .isEqualTo("please " + TinyTexts.text(pairs.values(), row).replace("\t", "\tplease "));
      }
    }
  }

  @Test
  void answersWithoutAPartAreNone() {
    AnswerForm form =
        AnswerForm.of(
            new AnswerForm.Declared(
                Json.tree(
                    Map.of(
                        "properties",
                        Map.of(
                            "texts", Map.of("type", "array", "items", Map.of("type", "string"))))),
                "/texts"),
            SCHEMA.parts());
    assertThat(form.read("{\"texts\":[{\"question\":\" a\\tb \",\"answer\":\"c\"}]}", 1).texts())
        .containsExactly("a b\tc");
    assertThat(form.read("{\"texts\":[\"a\"]}", 1).problem()).isEqualTo("schema");
    assertThat(form.read("{\"texts\":[{\"question\":\"a\"}]}", 1).problem()).isEqualTo("schema");
    AnsweredRows rows = new AnsweredRows(2, SCHEMA);
    KeptAnswer answer = new KeptAnswer(List.of("a\tb", "a\t"), "", 1, 1);
    rows.put(0, answer, 0, false);
    rows.put(1, answer, 1, false);
    assertThat(TinyTexts.text(rows.answers().values(), 0)).isEqualTo("a\tb");
    assertThat(rows.answers().nothing()).isEqualTo(Map.of(1, "empty"));
  }
}
