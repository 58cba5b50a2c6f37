package dev.graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.model.Checkpoints;
import dev.graft.model.DefinitionReader;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.TinyImages;
import dev.graft.model.TrainingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the code version of TRAIN stands for. When a change moves these figures, equal specs train
 * other models than before: raise {@link TrainStage#codeVersion()} and write the new figures here.
 * They are figures, not digests, so that they hold on any processor.
 */
class CodeVersionTest {
  private static final double VAE_LOSS = -255.48072;
  private static final double CLASSIFIER_LOSS = 1.07215;

  @TempDir Path directory;

  @Test
  void versionSeven() throws Exception {
    assertThat(new TrainStage((ingest, part) -> null).codeVersion()).isEqualTo(7);
    assertThat(
            tuneLoss(
                """
                family: vae
                architecture:
                  latent: 3
                  encoder: {channels: [4, 8], hidden: 16}
                  decoder: {channels: [8, 4], hidden: 16, output: shuffle}
                  activation: silu
                training: {steps: 20, batch: 16, learning-rate: 0.01, ema: 0.9, clip: 50, warm-up: 5}
                compute: {batch: 8}
                """))
        .isCloseTo(VAE_LOSS, within(0.01));
    assertThat(
            tuneLoss(
                """
                family: classifier
                architecture: {convolutions: [{channels: 4, pool: 2}], dense: [8], dropout: 0.2}
                training: {steps: 20, batch: 16, label-smoothing: 0.1}
                compute: {batch: 8}
                """))
        .isCloseTo(CLASSIFIER_LOSS, within(1e-4));
  }

  private double tuneLoss(String yaml) throws Exception {
    Path file = Files.writeString(directory.resolve("tiny.yaml"), yaml);
    ModelDefinition definition = DefinitionReader.read(file);
    FittedModel fitted =
        ModelFamilies.get(definition.family())
            .fit(
                new TrainingRun(
                    "tiny",
                    definition,
                    TinyImages.schema(3),
                    TinyImages.rows(3, 90, 1),
                    TinyImages.rows(3, 30, 2),
                    ModelRole.JUDGE.seed(7),
                    Checkpoints.none(),
                    null));
    return fitted.figures().get("tune-loss");
  }
}
