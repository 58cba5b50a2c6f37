package dev.graft.model.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.hash.Hashing;
import dev.graft.data.DatasetSchema;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.model.Checkpoints;
import dev.graft.model.DefinitionReader;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.TinyTexts;
import dev.graft.model.TrainingRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextExternalMistakesTest {
  private static final String TORCH = LanguageFiles.torchScript("words.pt");
  private static final String ONNX = LanguageFiles.onnx();

  @TempDir Path directory;

  private GraftException failure(String yaml) {
    return failure(yaml, TinyTexts.schema());
  }

  /** What reading, {@code check} or else {@code fit} says. */
  private GraftException failure(String yaml, DatasetSchema schema) {
    return catchThrowableOfType(
        GraftException.class,
        () -> {
          Path file = Files.writeString(directory.resolve("theirs.yaml"), yaml);
          ModelDefinition definition = DefinitionReader.read(file);
          ModelFamilies.check(definition, "theirs.yaml", schema);
          ModelFamilies.get(definition.family())
              .fit(
                  new TrainingRun(
                      "t",
                      definition,
                      schema,
                      TinyTexts.rows(9, 1),
                      TinyTexts.rows(9, 2),
                      1,
                      Checkpoints.none(),
                      null));
        });
  }

  private static void isUsage(GraftException failure, String... parts) {
    assertThat(failure).isNotNull();
    assertThat(failure).hasMessageContainingAll(parts);
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  /** A definition of other content, with its right checksum. */
  private String of(String yaml, String original, byte[] content) throws IOException {
    Files.write(directory.resolve("copy-of-" + original), content);
    return yaml.replace(
        LanguageFiles.section(original),
        "{path: copy-of-%s, sha256: %s}".formatted(original, Hashing.sha256().hashBytes(content)));
  }

  @Test
  void definitionsThatAreRightAreTaken() {
    for (String yaml : List.of(TORCH, LanguageFiles.torchScript("last-words.pt"), ONNX)) {
      assertThat(failure(yaml)).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"words.pt", "graft.json"})
  void aMissingFileIsNamedAsSeenFromTheDefinition(String name) {
    isUsage(
        failure(TORCH.replace(LanguageFiles.path(name).toString(), "gone/" + name)),
        "there is no " + (name.equals("words.pt") ? "model file " : "tokenizer "),
        directory.resolve("gone/" + name).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "words.pt, model file, architecture.file.sha256",
    "graft.json, tokenizer, architecture.tokenizer.sha256"
  })
  void aWrongChecksumIsToldWithTheRightOne(String name, String kind, String key) {
    String right = LanguageFiles.sha256(name);
    String wrong = "0".repeat(64);
    isUsage(failure(TORCH.replace(right, wrong)), kind, wrong, right, key);
    isUsage(failure(TORCH.replace(right, "abc")), "theirs.yaml:", "64 lower-case");
  }

  @ParameterizedTest
  @ValueSource(strings = {"words.pt", "words.onnx"})
  void damagedFilesWithARightChecksumAreRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(LanguageFiles.path(name));
    for (byte[] damaged : List.of(Arrays.copyOf(whole, whole.length / 2), new byte[0])) {
      GraftException failure = failure(of(name.endsWith(".pt") ? TORCH : ONNX, name, damaged));
      assertThat(failure).hasMessageContaining("cannot be read as").hasMessageContaining(name);
      assertThat(failure.exitCode()).isEqualTo(ExitCode.INPUT);
    }
  }

  @Test
  void anUnknownKeyIsToldWithItsLine() {
    isUsage(failure(TORCH.replace("max-tokens", "max-token")), "theirs.yaml:7:", "max-tokens");
    isUsage(failure(TORCH.replace("as: index", "as: word")), "theirs.yaml:6:", "index");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "[tokens, label] ~ [label, tokens] ~ cannot be called as its definition declares",
        "[tokens, label] ~ [tokens, mask, label] ~ cannot be called as its definition declares",
        "[tokens, label] ~ [tokens] ~ architecture.inputs are tokens; allowed: tokens, and label",
        "[tokens, label] ~ [label] ~ architecture.inputs are label; allowed: tokens, and label",
        "max-tokens: 12 ~ max-tokens: 13 ~ cannot be called as its definition declares",
        "max-tokens: 12 ~ begin: [] ~ architecture.begin is empty",
        "max-tokens: 12 ~ begin: [<|start|>] ~ architecture.begin names the token \"<|start|>\", which the tokenizer does not have; its last ones are <|endoftext|>",
        "max-tokens: 12 ~ end: <|stop|> ~ architecture.end names the token \"<|stop|>\"",
        "music, money ~ music ~ does not know the class \"money\"; it knows weather, music",
        "as: index ~ as: token ~ architecture.inputs are tokens, label",
        "classes: [weather, music, money] ~ tokens: {a: b} ~ architecture.label is as index; allowed with it: classes alone",
      })
  void aSignatureOfTorchScriptThatIsNotTheFilesIsRefused(
      String declared, String wrong, String message) {
    assertThat(TORCH).contains(declared);
    isUsage(failure(TORCH.replace(declared, wrong)), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "[tokens, mask, positions] ~ [tokens] ~ it takes 3 inputs: [tokens, mask, positions]",
        "music: <|music|> ~ music: <|song|> ~ architecture.label.tokens names the token \"<|song|>\"",
        ", music: <|music|> ~ '' ~ does not know the class \"music\"; it knows weather, money",
      })
  void aSignatureOfOnnxThatIsNotTheFilesIsRefused(String declared, String wrong, String message) {
    assertThat(ONNX).contains(declared);
    isUsage(failure(ONNX.replace(declared, wrong)), message);
  }

  @Test
  void aFileMustTakeTheClassesOfTheDataAndOnlyThose() {
    isUsage(
        failure(TORCH.replaceFirst(" *label: .*\n", "").replace("[tokens, label]", "[tokens]")),
        "takes no label, but the data has the classes weather, music, money");
    isUsage(
        failure(TORCH, new DatasetSchema("text", List.of(TinyTexts.SIZE), List.of())),
        "takes a label, one of weather, music, money");
  }

  @Test
  void aTokenizerOfAnotherModelIsRefused() {
    isUsage(
        failure(
            TORCH.replace(
                LanguageFiles.section("graft.json"), LanguageFiles.section("huggingface.json"))),
        "gives logits of shape [8, 1, 307] for 8 texts of 1 tokens; its tokenizer has 310 tokens");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"type\": \"BPE\" | \"type\": \"Unigram\" | of type \"Unigram\"; allowed: BPE, WordLevel",
        "\"pre_tokenizer\": {\"type\": \"ByteLevel\" | \"pre_tokenizer\": {\"type\": \"Metaspace\" | its pre_tokenizer.type is \"Metaspace\"; allowed: ByteLevel",
        "\"type\": \"NFC\" | \"type\": \"Lowercase\" | its normalizer.type is \"Lowercase\"; allowed: NFC",
        "\"use_regex\": true | \"use_regex\": false | its pre_tokenizer.use_regex is false; allowed: true",
        "\"a y\" | \"a yy\" | its merge \"a yy\" has a token that it does not know",
        "\"i n\" | \"a n\" | its merge \"a n\" makes a token that there is already",
        "\"merges\": [ | \"more\": [ | its token \"ain\" is none of",
        "{\"version\" | {\"version | is no JSON",
      })
  void aTokenizerOfAnotherKindIsRefused(String written, String other, String message)
      throws IOException {
    String tokenizer = Files.readString(LanguageFiles.path("graft.json"));
    assertThat(tokenizer).contains(written);
    byte[] content = tokenizer.replace(written, other).getBytes(StandardCharsets.UTF_8);
    isUsage(failure(of(TORCH, "graft.json", content)), "copy-of-graft.json", message);
  }

  @Test
  void aFileWhoseLogitsAreNotItsTextsAloneIsRefused() {
    isUsage(failure(LanguageFiles.torchScript("restless.pt")), "evaluation mode");
    isUsage(failure(LanguageFiles.torchScript("boundless.pt")), "allowed: finite numbers");
  }
}
