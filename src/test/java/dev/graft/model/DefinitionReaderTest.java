package dev.graft.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DefinitionReaderTest {
  @TempDir Path directory;

  static Stream<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("models"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void readsEveryShippedDefinition(Path file) {
    ModelDefinition definition = DefinitionReader.read(file);
    assertThat(definition.name() + ".yaml").isEqualTo(file.getFileName().toString());
    assertThat(definition.compute().threads()).isEqualTo(1);
    assertThat(definition.compute().capability()).isIn("default", "avx2");
    assertThat(ModelDefinition.of(Json.tree(definition))).isEqualTo(definition);
  }

  @Test
  void theDigestKnowsContentAndNotTheName() throws IOException {
    String yaml = Files.readString(Path.of("models/image-learner.yaml"));
    ModelDefinition learner = DefinitionReader.read(Path.of("models/image-learner.yaml"));
    assertThat(read(yaml).digest()).isEqualTo(learner.digest());
    assertThat(read(yaml).name()).isEqualTo("my-model");
    assertThat(DefinitionReader.read(file(yaml), List.of("training.steps=2499")).digest())
        .isNotEqualTo(learner.digest());
  }

  @Test
  void saysWhatIsWrongAndWhere() throws IOException {
    String yaml = Files.readString(Path.of("models/image-vae.yaml"));
    assertThatThrownBy(() -> read(yaml.replace("latent:", "latnet:")))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("latnet")
        .hasMessageContaining("did you mean \"latent\"?")
        .hasMessageContaining("my-model.yaml:");
    assertThatThrownBy(() -> read(yaml.replace("family: vae", "family: vea")))
        .hasMessageContaining(
            "unknown model family \"vea\"; allowed: vae, gan, wgan-gp, began, autoregressive, flow, classical, ensemble, external, text-transformer, text-recurrent, text-classical, text-near-words, text-external, text-chat, back-translation, classifier, text-classifier, text-encoder, external-classifier");
    assertThatThrownBy(() -> read(yaml.replaceFirst("steps: \\d+", "steps: many")))
        .hasMessageContaining("steps");
  }

  private ModelDefinition read(String yaml) throws IOException {
    return DefinitionReader.read(file(yaml));
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("my-model.yaml"), yaml);
  }
}
