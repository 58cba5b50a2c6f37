package dev.graft.model.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.GraftException;
import dev.graft.model.DefinitionReader;
import dev.graft.model.external.Input;
import dev.graft.model.external.Program;
import dev.graft.model.nn.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model whose logits are more than its tokenizer has tokens. */
class PaddedVocabularyTest {
  @TempDir Path directory;

  /** Logits that tell row, place and code; those of no token are no number, or the greatest. */
  private record Padded(int codes, int width, boolean lastAlone) implements Program {
    @Override
    public List<Tensor> run(List<Input> inputs) {
      int rows = (int) inputs.get(0).shape()[0];
      int length = (int) inputs.get(0).shape()[1];
      float[] values = new float[rows * (lastAlone ? 1 : length) * width];
      for (int i = 0; i < values.length; i++) {
        int code = i % width;
        float none = code % 2 == 0 ? Float.NaN : 1e9f;
        values[i] = code < codes ? 1000 * (i / width) + code : none;
      }
      return List.of(
          lastAlone ? Tensor.of(values, rows, width) : Tensor.of(values, rows, length, width));
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  /** Logits of three texts of two tokens, where there are {@code more} than tokens. */
  private float[] logits(int more, boolean lastAlone) throws IOException {
    TextExternalArchitecture architecture =
        TextExternalArchitecture.of(
            DefinitionReader.read(
                    Files.writeString(
                        directory.resolve("m.yaml"), LanguageFiles.torchScript("words.pt")))
                .architecture());
    FileTokens tokens = architecture.tokens(Files.readAllBytes(LanguageFiles.path("graft.json")));
    Padded program = new Padded(tokens.codes(), tokens.codes() + more, lastAlone);
    try (ProgramLanguage language =
        new ProgramLanguage(architecture, tokens, program, new int[] {0, 1, 2})) {
      return language.after(new long[][] {{5, 6}, {7, 8}, {9, 10}}, 2, new int[] {0, 1, 2});
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsNoTokenIsPassedOver(boolean lastAlone) throws IOException {
    // Graft's tokenizer of the tests has 307 tokens.
    assertThat(logits(320 - 307, lastAlone)).isEqualTo(logits(0, lastAlone)).hasSize(3 * 307);
    assertThat(logits(1280 - 307, lastAlone)).isEqualTo(logits(0, lastAlone));
  }

  @Test
  void theTokenizerOfAnotherModelIsStillTold() {
    for (int width : new int[] {306, 308, 321, 1344}) {
      assertThatThrownBy(() -> logits(width - 307, true))
          .isInstanceOf(GraftException.class)
          .hasMessageContainingAll(
              "[3, " + width + "]",
              "its tokenizer has 307 tokens",
              "a multiple of 64 that is less than 1024 more");
    }
  }
}
