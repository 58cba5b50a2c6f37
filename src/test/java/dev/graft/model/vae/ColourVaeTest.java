package dev.graft.model.vae;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Condition;
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

/** Three channels, where mistakes of layout show. */
class ColourVaeTest {
  @TempDir Path directory;

  @Test
  void samplesHaveTheColoursAndShapesOfTheirClass() throws Exception {
    Path file = directory.resolve("colour.yaml");
    Files.writeString(
        file,
        """
        family: vae
        architecture:
          latent: 3
          encoder: {channels: [4, 8], hidden: 16}
          decoder: {channels: [8, 8], hidden: 16, output: shuffle}
        training: {steps: 150, batch: 16, learning-rate: 0.01, likelihood: laplace}
        compute: {batch: 8}
        """);
    ModelDefinition definition = DefinitionReader.read(file);
    VaeFamily family = new VaeFamily();
    FittedModel fitted =
        family.fit(
            new TrainingRun(
                "tiny",
                definition,
                TinyImages.schema(3),
                TinyImages.rows(3, 90, 1),
                TinyImages.rows(3, 30, 2),
                1,
                Checkpoints.none(),
                null));
    StoredModel stored =
        new StoredModel(
            new StoredModel.ModelCard(
                "c",
                "",
                definition,
                TinyImages.schema(3),
                "",
                1,
                "",
                1,
                fitted.figures(),
                fitted.history()),
            fitted.weights());
    try (Sampler sampler = family.open(stored)) {
      byte[] drawn = sampler.sample(Condition.ofLabel(1), 3, 0, 8, Controls.NONE);
      double[][] bright = new double[3][3];
      for (int i = 0; i < drawn.length; i++) {
        bright[i / 64 % 3][i % 64 / 8 / 3] += (drawn[i] & 0xff) / (8.0 * 24);
      }
      for (int channel = 0; channel < 3; channel++) {
        assertThat(bright[channel][1]).isBetween(60.0 * channel + 40, 60.0 * channel + 130);
        assertThat(bright[channel][0]).isBetween(10.0, 70.0);
      }
    }
  }
}
