package dev.graft.model.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.model.Checkpoints;
import dev.graft.model.DefinitionReader;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.StoredModel;
import dev.graft.model.TinyImages;
import dev.graft.model.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraversalsTest {
  private static final String GAN =
      """
      family: gan
      architecture:
        generator: {latent: 5, channels: [16, 8]}
        critic: {channels: [8], hidden: 8}
      training: {steps: 12, batch: 8, eval-every: 6}
      """;
  private static final String VAE =
      """
      family: vae
      architecture:
        latent: 3
        encoder: {channels: [4, 8], hidden: 16}
        decoder: {channels: [8, 4, 4], hidden: 16}
        prior: {kind: class-mixture, components: 3}
      training: {steps: 30, batch: 16, learning-rate: 0.01}
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {GAN, VAE})
  void walkAlongTheStrongestDirections(String recipe) throws IOException {
    StoredModel model = model(recipe);
    Traversals traversals = Traversals.of(model, 2, 7).orElseThrow();
    assertThat(traversals.latent()).isEqualTo(recipe.equals(GAN) ? 5 : 3);
    assertThat(traversals.classes()).isEqualTo(model.card().schema().classes());
    List<Traversals.Walk> walks = traversals.walks();
    assertThat(walks).hasSize(2);
    assertThat(walks.get(0).share()).isGreaterThanOrEqualTo(walks.get(1).share()).isPositive();
    assertThat(walks.get(0).share() + walks.get(1).share()).isLessThan(1 + 1e-9);
    for (Traversals.Walk walk : walks) {
      assertThat(walk.pictures()).hasSize(3).allSatisfy(row -> assertThat(row).hasSize(7));
      assertThat(walk.effects()).containsOnlyKeys(PictureTrait.values());
      byte[] first = walk.pictures().get(0).get(0);
      assertThat(first).hasSize(model.card().schema().rowSize());
      assertThat(Arrays.equals(first, walk.pictures().get(0).get(6))).isFalse();
    }
    Traversals again = Traversals.of(model, 2, 7).orElseThrow();
    assertThat(again.walks().get(0).share()).isCloseTo(walks.get(0).share(), within(0.0));
    assertThat(again.walks().get(1).pictures().get(2).get(5))
        .isEqualTo(walks.get(1).pictures().get(2).get(5));
  }

  @Test
  void aModelWithoutALatentHasNone() throws IOException {
    StoredModel model =
        model("family: classical\narchitecture: {operations: [{op: noise, amount: 0.1}]}\n");
    assertThat(Traversals.of(model, 2, 7)).isEmpty();
  }

  private StoredModel model(String recipe) throws IOException {
    Path file =
        Files.writeString(directory.resolve("recipe.yaml"), recipe + "compute: {batch: 8}\n");
    ModelDefinition definition = DefinitionReader.read(file);
    FittedModel fitted =
        ModelFamilies.get(definition.family())
            .fit(
                new TrainingRun(
                    "t",
                    definition,
                    TinyImages.schema(1),
                    TinyImages.rows(1, 60, 1),
                    TinyImages.rows(1, 30, 2),
                    3,
                    Checkpoints.none(),
                    null));
    return new StoredModel(
        new StoredModel.ModelCard(
            "tiny", "", definition, TinyImages.schema(1), "", 3, "", 0, Map.of(), List.of()),
        fitted.weights());
  }
}
