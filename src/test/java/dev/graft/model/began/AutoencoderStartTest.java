package dev.graft.model.began;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Condition;
import dev.graft.data.DatasetSchema;
import dev.graft.model.Checkpoints;
import dev.graft.model.DefinitionReader;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.StoredModel;
import dev.graft.model.TinyImages;
import dev.graft.model.TrainingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoencoderStartTest {
  private static final int COUNT = 30;
  private static final int ROW = TinyImages.SIZE * TinyImages.SIZE;
  private static final String DEFINITION =
      """
      family: began
      architecture:
        generator: {latent: 8, channels: [16, 8]}
        critic: {channels: [8, 16], code: 8, decoder: [16, 8]}
      training:
        steps: %d
        batch: 16
        learning-rate: 0.004
        schedule: constant
        autoencoder-steps: %d
        eval-every: 40
      """;

  @TempDir private Path directory;

  /** One step of the game makes no generator: what it draws well, it had from the start. */
  @Test
  void generatorStartsWithWhatTheAutoencoderHasLearnt() throws Exception {
    assertThat(lead(120)).isGreaterThan(60);
    assertThat(lead(0)).isLessThan(20);
  }

  /** How much brighter than the rest the band of their class is in drawn images, on average. */
  private double lead(int autoencoderSteps) throws Exception {
    Path file = directory.resolve("began.yaml");
    Files.writeString(file, DEFINITION.formatted(autoencoderSteps + 1, autoencoderSteps));
    ModelDefinition definition = DefinitionReader.read(file);
    DatasetSchema schema = TinyImages.schema(1);
    TrainingRun run =
        new TrainingRun(
            "tiny",
            definition,
            schema,
            TinyImages.rows(1, 96, 1),
            TinyImages.rows(1, 30, 2),
            1,
            Checkpoints.none(),
            null);
    BeganFamily family = new BeganFamily();
    FittedModel fitted = family.fit(run);
    double lead = 0;
    try (Sampler sampler = family.open(StoredModel.inTraining(run, fitted.weights()))) {
      for (int label = 0; label < 3; label++) {
        byte[] drawn = sampler.sample(Condition.ofLabel(label), 5, 0, COUNT, Controls.NONE);
        for (int i = 0; i < drawn.length; i++) {
          int band = i / TinyImages.SIZE % TinyImages.SIZE / 3;
          lead += (drawn[i] & 0xff) * (band == label ? 1 : -0.5) / (COUNT * 3.0 * ROW / 3);
        }
      }
    }
    return lead;
  }
}
