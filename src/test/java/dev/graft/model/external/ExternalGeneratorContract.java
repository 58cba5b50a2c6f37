package dev.graft.model.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.model.Checkpoints;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelFamily;
import dev.graft.model.RecordedCheckpoints;
import dev.graft.model.Sampler;
import dev.graft.model.SamplerContract;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What generators from files keep to: there is nothing to train. */
abstract class ExternalGeneratorContract extends SamplerContract {
  @Override
  protected final ModelFamily<Sampler> family() {
    return new ExternalFamily();
  }

  /** The model is the file, whatever the seed. */
  @Override
  @Test
  protected void sameRunGivesSameBytesAndAnotherSeedOthers() throws IOException {
    FittedModel first = fit(1, Checkpoints.none());
    assertThat(fit(1, Checkpoints.none()).weights()).isEqualTo(first.weights());
    assertThat(fit(2, Checkpoints.none()).weights()).isEqualTo(first.weights());
  }

  @Override
  @Test
  protected void continuedFromAnyCheckpointEndsWithSameBytes() throws IOException {
    RecordedCheckpoints all = RecordedCheckpoints.fresh();
    fit(1, all);
    assertThat(all.saved()).isEmpty();
  }

  @Override
  @Test
  protected void trainingLearns() throws IOException {
    assertThat(fit(1, Checkpoints.none()).history()).isEmpty();
  }
}
