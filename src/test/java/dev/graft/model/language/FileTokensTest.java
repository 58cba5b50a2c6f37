package dev.graft.model.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileTokensTest {
  private static final Path LEARNT = Path.of("src/test/resources/dev/graft/model/language");

  private static FileTokens read(byte[] content) {
    return FileTokensReader.read(content, "tokenizer.json", TokenizerFile.END);
  }

  /** What Hugging Face's {@code tokenizers} 0.23 makes of these texts. */
  @ParameterizedTest
  @CsvSource({
    "huggingface.json, rain snow, 290 296",
    "huggingface.json, so we Rain, 261 82 224 90 72 224 53 273",
    "huggingface.json, pay owe money!, 292 300 303 4",
    "huggingface.json, ' é', 224 131 106",
    "graft.json, rain snow, 278 292",
    "graft.json, so we Rain, 115 111 32 119 101 32 82 269",
    "graft.json, ' é', 32 195 169",
  })
  void textsHaveTheCodesThatHuggingFaceGivesThem(String file, String text, String codes)
      throws IOException {
    FileTokens tokens = read(Files.readAllBytes(LanguageFiles.path(file)));
    int[] encoded = tokens.encode(text);
    assertThat(Arrays.stream(encoded).map(tokens::code))
        .containsExactly(
            Arrays.stream(codes.split(" ")).map(Integer::valueOf).toArray(Integer[]::new));
    assertThat(tokens.decode(encoded, encoded.length).strip()).isEqualTo(text.strip());
  }

  @Test
  void logitsAreBroughtIntoTheOrderOfTheTokens() throws IOException {
    FileTokens tokens = read(Files.readAllBytes(LanguageFiles.path("huggingface.json")));
    assertThat(tokens.codes()).isEqualTo(310);
    assertThat(tokens.size()).as("without the tokens of the classes").isEqualTo(307);
    float[] logits = new float[310];
    logits[tokens.code(tokens.end())] = 7;
    logits[290] = 5; // " rain"
    logits[tokens.special("<|music|>", "here")] = 9;
    float[] ordered = new float[307];
    tokens.order(logits, 0, ordered, 0);
    assertThat(ordered[tokens.end()]).isEqualTo(7);
    assertThat(ordered[tokens.encode(" rain")[0]]).isEqualTo(5);
    assertThat(ordered).doesNotContain(9);
  }

  /** Hugging Face's trainer lists, unless it is told otherwise, only bytes that it has met. */
  @Test
  void bytesThatTheFileDoesNotHaveAreNeverDrawn() throws IOException {
    String whole = Files.readString(LanguageFiles.path("huggingface.json"));
    assertThat(whole).contains("\"é\": 169, ");
    FileTokens tokens = read(whole.replace("\"é\": 169, ", "").getBytes(StandardCharsets.UTF_8));
    assertThat(tokens.drawable(0xE9)).isFalse();
    assertThat(tokens.drawable(0xE8)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tokenizer.json", "words.json", "characters.json"})
  void whatGraftHasLearntIsReadAsItWas(String file) throws IOException {
    byte[] content = Files.readAllBytes(LEARNT.resolve(file));
    Tokens own = TokenizerFile.read(content);
    FileTokens tokens = read(content);
    assertThat(tokens.codes()).isEqualTo(own.size());
    String text = "please wake me at 7";
    assertThat(tokens.encode(text)).isEqualTo(own.encode(text));
    for (int token = 0; token < own.size(); token++) {
      assertThat(tokens.code(token)).isEqualTo(token);
      assertThat(tokens.drawable(token)).isEqualTo(own.drawable(token));
    }
  }
}
