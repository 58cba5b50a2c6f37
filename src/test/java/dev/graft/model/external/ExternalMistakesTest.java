package dev.graft.model.external;

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
import dev.graft.model.TinyImages;
import dev.graft.model.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalMistakesTest {
  private static final String TORCH =
      ExternalFiles.generator("bands.pt", 8, "top, middle, bottom", 8);
  private static final String ONNX =
      """
      family: external
      architecture:
        file: %s
        noise: {shape: [4], distribution: uniform, range: [0, 1]}
        label: {as: one-hot, classes: [top, middle, bottom]}
        image: {channels: 1, height: 8, width: 8, layout: hwc, range: [0, 255]}
      compute: {batch: 8}
      """
          .formatted(ExternalFiles.section("bands.onnx"));
  private static final String CLASSIFIER =
      """
      family: external-classifier
      architecture:
        file: %s
        image: {channels: 1, height: 8, width: 8, range: [0, 1]}
        outputs: [embedding, logits]
        embedding: 8
        classes: [top, middle, bottom]
      compute: {batch: 8}
      """
          .formatted(ExternalFiles.section("band-classifier.pt"));

  @TempDir Path directory;

  private GraftException failure(String yaml) {
    return failure(yaml, TinyImages.schema(1));
  }

  /** What {@code check} or else {@code fit} says. */
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
                      TinyImages.rows(1, 9, 1),
                      TinyImages.rows(1, 9, 2),
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
  private String of(String yaml, String original, byte[] content, String name) throws IOException {
    Files.write(directory.resolve(name), content);
    return yaml.replace(
        ExternalFiles.section(original),
        "{path: %s, sha256: %s}".formatted(name, Hashing.sha256().hashBytes(content)));
  }

  @Test
  void aMissingFileIsNamedAsSeenFromTheDefinition() {
    isUsage(
        failure(TORCH.replace(ExternalFiles.path("bands.pt").toString(), "gone/bands.pt")),
        directory.resolve("gone/bands.pt").toString(),
        "no model file");
  }

  @Test
  void aWrongChecksumIsToldWithTheRightOne() {
    String wrong = "0".repeat(64);
    isUsage(
        failure(TORCH.replace(ExternalFiles.sha256("bands.pt"), wrong)),
        wrong,
        ExternalFiles.sha256("bands.pt"));
    isUsage(failure(TORCH.replaceFirst("sha256: \\w{64}", "sha256: abc")), "64 lower-case");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bands.pt", "bands.onnx"})
  void damagedFilesWithARightChecksumAreRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(ExternalFiles.path(name));
    String yaml = name.endsWith(".pt") ? TORCH : ONNX;
    byte[] garbage = new byte[300];
    Arrays.fill(garbage, (byte) 7);
    for (byte[] damaged : List.of(Arrays.copyOf(whole, whole.length / 2), garbage, new byte[0])) {
      GraftException failure = failure(of(yaml, name, damaged, "copy-of-" + name));
      assertThat(failure).hasMessageContaining("cannot be read as").hasMessageContaining(name);
      assertThat(failure.exitCode()).isEqualTo(ExitCode.INPUT);
    }
  }

  @Test
  void anUnknownSuffixWantsAFormat() throws IOException {
    byte[] whole = Files.readAllBytes(ExternalFiles.path("bands.pt"));
    String yaml = of(TORCH, "bands.pt", whole, "bands.bin");
    isUsage(failure(yaml), "bands.bin", "format to torchscript or onnx");
    assertThat(failure(yaml.replace("bands.bin,", "bands.bin, format: torchscript,"))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shape: [4]      | shape: [5]      | 32-bit floats [8, 5]",
        "as: index       | as: one-hot     | 32-bit floats [8, 3]",
        "range: [-1, 1]  | range: [0, 1]   | values from -0.9",
        "range: [-1, 1]  | range: [1, -1]  | the lower first",
        "range: [-1, 1]  | range: [-1, 1], layout: hwc | gives images of shape [8, 1, 8, 8]; its definition declares [8, 8, 8, 1]",
        "height: 8       | height: 9       | the data has 8 x 8 with 1",
        "channels: 1     | channels: 3     | with 3 channels",
        "top, middle     | top, centre     | does not know the class \"middle\"; it knows top, centre, bottom",
        "label: {as: index, classes: [top, middle, bottom]} | '' | takes no label, but the data has the classes top, middle, bottom",
      })
  void aSignatureOfTorchScriptThatIsNotTheFilesIsRefused(
      String declared, String wrong, String message) {
    assertThat(TORCH).contains(declared);
    isUsage(failure(TORCH.replace(declared, wrong)), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shape: [4]   | shape: [5]   | Got: 5 Expected: 4",
        "as: one-hot  | as: index    | 64-bit integers [8]",
        "layout: hwc  | layout: chw  | gives images of shape [8, 8, 8, 1]",
      })
  void aSignatureOfOnnxThatIsNotTheFilesIsRefused(String declared, String wrong, String message) {
    assertThat(ONNX).contains(declared);
    isUsage(failure(ONNX.replace(declared, wrong)), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "embedding: 8           | embedding: 9           | shape [8, 8]; its definition declares it as the embedding, [8, 9]",
        "embedding: 8           | embedding: 0           | its length must be given",
        "[embedding, logits]    | [logits, embedding]    | declares it as the embedding, [8, 8]",
        "[embedding, logits]    | [embedding]            | and nowhere else",
        "[top, middle, bottom]  | [top, middle]          | does not know the class \"bottom\"",
      })
  void aSignatureOfAClassifierThatIsNotTheFilesIsRefused(
      String declared, String wrong, String message) {
    assertThat(CLASSIFIER).contains(declared);
    isUsage(failure(CLASSIFIER.replace(declared, wrong)), message);
  }

  @Test
  void aFileThatDrawsItsOwnNoiseIsRefused() {
    isUsage(
        failure(
            ExternalFiles.generator("restless.pt", 8, "top, middle, bottom", 8)
                .replace("range: [-1, 1]", "range: [-2, 2]")),
        "evaluation mode");
  }

  @Test
  void unlabelledDataDoNotSuitAFileThatTakesALabel() {
    isUsage(
        failure(TORCH, new DatasetSchema("image", List.of(1, 8, 8), List.of())),
        "takes a label, one of top, middle, bottom");
  }
}
