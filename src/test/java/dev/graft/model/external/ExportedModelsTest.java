package dev.graft.model.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.data.Condition;
import dev.graft.data.GraftException;
import dev.graft.model.Checkpoints;
import dev.graft.model.DefinitionReader;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.StoredModel;
import dev.graft.model.TinyImages;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.Tensor;
import dev.graft.model.store.ModelExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leaves as TorchScript comes back as an external model that draws the same. */
class ExportedModelsTest {
  private static final int SAMPLES = 16;
  private static final float CLOSE = 1e-5f;
  private static final Map<String, String> RECIPES =
      Map.of(
          "gan",
          """
          family: gan
          architecture:
            generator: {latent: 5, channels: [16, 8], activation: gelu}
            critic: {channels: [8], hidden: 8}
          training: {steps: 12, batch: 8, ema: 0.9, eval-every: 6}
          """,
          "wgan-gp",
          """
          family: wgan-gp
          architecture:
            generator: {latent: 4, channels: [8], activation: silu}
            critic: {channels: [8], hidden: 8}
          training: {steps: 4, batch: 8, critic-steps: 1}
          """,
          "began",
          """
          family: began
          architecture:
            generator: {latent: 4, channels: [8], activation: leaky-relu}
            critic: {channels: [8], code: 8, decoder: [8]}
          training: {steps: 4, batch: 8}
          """,
          "vae",
          """
          family: vae
          architecture:
            latent: 3
            encoder: {channels: [4, 8], hidden: 16}
            decoder: {channels: [8, 4, 4], hidden: 16}
            prior: {kind: class-mixture, components: 3}
          training: {steps: 30, batch: 16, learning-rate: 0.01}
          """,
          "plain-vae",
          """
          family: vae
          architecture:
            latent: 3
            encoder: {channels: [4], hidden: 16}
            decoder: {channels: [8], hidden: 16, output: shuffle}
            prior: {kind: standard}
          training: {steps: 4, batch: 16}
          """,
          "flow",
          """
          family: flow
          architecture:
            patch: 2
            channels: [8, 16]
            blocks: 1
            embedding: 16
            attention: 2
            sampling: {steps: 5, guidance: 1.5}
          training: {steps: 20, batch: 16, learning-rate: 0.01}
          """);

  @TempDir Path directory;

  private StoredModel model(String recipe, int channels) throws IOException {
    Path file = directory.resolve("recipe.yaml");
    Files.writeString(file, recipe + "compute: {batch: 8}\n");
    return fit(DefinitionReader.read(file), channels);
  }

  private static StoredModel fit(ModelDefinition definition, int channels) throws IOException {
    FittedModel fitted =
        ModelFamilies.get(definition.family())
            .fit(
                new TrainingRun(
                    "t",
                    definition,
                    TinyImages.schema(channels),
                    TinyImages.rows(channels, 60, 1),
                    TinyImages.rows(channels, 30, 2),
                    3,
                    Checkpoints.none(),
                    null));
    return new StoredModel(
        new StoredModel.ModelCard(
            "tiny", "", definition, TinyImages.schema(channels), "", 3, "", 0, Map.of(), List.of()),
        fitted.weights());
  }

  private Path export(StoredModel model, String folder) throws IOException {
    new ModelExport(model).write(directory.resolve(folder).toString(), SAMPLES);
    return directory.resolve(folder);
  }

  private static Sampler open(StoredModel model) throws IOException {
    return (Sampler) ModelFamilies.get(model.card().definition().family()).open(model);
  }

  @ParameterizedTest
  @CsvSource({"gan,1", "gan,3", "wgan-gp,1", "began,3", "vae,3", "plain-vae,1", "flow,1", "flow,3"})
  void theModuleGivesTheSamplesThatGraftDraws(String recipe, int channels) throws IOException {
    StoredModel model = model(RECIPES.get(recipe), channels);
    Path exported = export(model, "exported");
    Map<String, Tensor> samples =
        Safetensors.decode(Files.readAllBytes(exported.resolve("samples.safetensors"))).tensors();
    float[] labels = samples.get("labels").values();
    assertThat(labels).startsWith(0, 1, 2, 0);
    long[] classes = new long[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      classes[i] = (long) labels[i];
    }
    Tensor images = samples.get("images");
    assertThat(images.shape()).containsExactly(SAMPLES, channels, 8, 8);
    try (Program program =
            TorchProgram.open(
                Files.readAllBytes(exported.resolve("model.pt")),
                model.card().definition().compute());
        Sampler sampler = open(model)) {
      Tensor given =
          program
              .run(List.of(new Input.Floats(samples.get("noise")), new Input.Indices(classes)))
              .get(0);
      assertThat(given.shape()).isEqualTo(images.shape());
      assertThat(farthest(given.values(), images.values())).isLessThan(CLOSE);
      byte[] drawn = sampler.sample(Condition.ofLabel(1), 0, 0, 1, Controls.NONE);
      for (int i = 0; i < drawn.length; i++) {
        assertThat((drawn[i] & 0xff) / 255f)
            .isCloseTo(images.values()[drawn.length + i], within(0.51f / 255));
      }
    }
  }

  private static float farthest(float[] one, float[] other) {
    float farthest = 0;
    for (int i = 0; i < one.length; i++) {
      farthest = Math.max(farthest, Math.abs(one[i] - other[i]));
    }
    return farthest;
  }

  /** Its noise is drawn as that of any other model. */
  @Test
  void theExportedDefinitionIsThatOfAGeneratorThatDrawsTheSame() throws IOException {
    StoredModel model = model(RECIPES.get("gan"), 3);
    Path exported = export(model, "exported");
    StoredModel back = fit(DefinitionReader.read(exported.resolve("external.yaml")), 3);
    try (Sampler before = open(model);
        Sampler after = open(back)) {
      byte[] expected = before.sample(Condition.ofLabel(2), 7, 3, 8, Controls.NONE);
      byte[] drawn = after.sample(Condition.ofLabel(2), 7, 3, 8, Controls.NONE);
      for (int i = 0; i < drawn.length; i++) {
        assertThat(drawn[i] & 0xff).isCloseTo(expected[i] & 0xff, within(1));
      }
    }
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    StoredModel model = model(RECIPES.get("vae"), 1);
    Path first = export(model, "first");
    Path second = export(model, "second");
    for (String file :
        List.of("model.pt", "model.safetensors", "samples.safetensors", "external.yaml")) {
      assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
    }
  }

  @Test
  void weightsAreThoseThatSamplesAreDrawnWith() throws IOException {
    Path exported = export(model(RECIPES.get("vae"), 1), "exported");
    assertThat(
            Safetensors.decode(Files.readAllBytes(exported.resolve("model.safetensors"))).tensors())
        .containsKeys("decoder.hidden.weight", "prior.means")
        .doesNotContainKey("encoder.hidden.weight");
  }

  @Test
  void aFamilyWithoutTorchScriptLeavesItsWeightsAlone() throws IOException {
    StoredModel model =
        model("family: classical\narchitecture: {operations: [{op: noise, amount: 0.1}]}\n", 1);
    assertThatThrownBy(() -> export(model, "exported"))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("family classical")
        .hasMessageContaining("vae, gan, wgan-gp, began, flow")
        .hasMessageContaining("--weights-only");
    new ModelExport(model).writeWeights(directory.toString());
    assertThat(directory.resolve("model.safetensors")).hasBinaryContent(model.weights());
  }
}
