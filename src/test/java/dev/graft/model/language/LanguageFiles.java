package dev.graft.model.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The model files that {@code src/test/python/make_external_language.py} has made. */
public final class LanguageFiles {
  private static final Path FOLDER =
      Path.of("src/test/resources/dev/graft/model/language/external").toAbsolutePath();

  private LanguageFiles() {}

  public static Path path(String name) {
    return FOLDER.resolve(name);
  }

  static String sha256(String name) {
    try {
      return Files.readAllLines(path("SHA256SUMS")).stream()
          .filter(line -> line.endsWith("  " + name))
          .findFirst()
          .orElseThrow()
          .substring(0, 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A section of a definition that names a file. */
  public static String section(String name) {
    return "{path: %s, sha256: %s}".formatted(path(name), sha256(name));
  }

  /** The definition of a TorchScript that takes (tokens, label), its tokenizer as Graft's are. */
  public static String torchScript(String name) {
    return """
        family: text-external
        architecture:
          file: %s
          tokenizer: %s
          inputs: [tokens, label]
          label: {as: index, classes: [weather, music, money]}
          max-tokens: 12
        compute: {batch: 8}
        """
        .formatted(section(name), section("graft.json"));
  }

  /** The definition of an ONNX model that is told the class by a token. */
  public static String onnx() {
    return """
        family: text-external
        architecture:
          file: %s
          tokenizer: %s
          inputs: [tokens, mask, positions]
          label:
            as: token
            tokens: {weather: <|weather|>, money: <|money|>, music: <|music|>}
          max-tokens: 12
        compute: {batch: 8}
        """
        .formatted(section("words.onnx"), section("huggingface.json"));
  }
}
