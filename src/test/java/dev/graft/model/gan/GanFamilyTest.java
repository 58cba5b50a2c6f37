package dev.graft.model.gan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Condition;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.DerivingSamplerContract;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import java.util.Collections;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GanFamilyTest extends DerivingSamplerContract {
  @Override
  protected ModelFamily<Sampler> family() {
    return new GanFamily();
  }

  @Override
  protected String learnt() {
    return "tune-distance";
  }

  @Override
  protected String definitionYaml() {
    return """
        family: gan
        architecture:
          generator: {latent: 4, channels: [16, 8]}
          critic: {channels: [8, 16], hidden: 16}
        training:
          steps: 130
          batch: 16
          learning-rate: 0.004
          ema: 0.9
          r1-every: 2
          eval-every: 25
          checkpoint-every: 40
        compute: {batch: 8}
        """;
  }

  /** What the generator draws has noise behind it, which is found well enough to draw it again. */
  @Test
  void theNoiseBehindADrawnImageIsFound() throws Exception {
    try (Sampler sampler = open()) {
      byte[] drawn = sampler.sample(Condition.ofLabel(1), 77, 0, 8, Controls.NONE);
      int[] labels = {1, 1, 1, 1, 1, 1, 1, 1};
      LabelledRows sources =
          new LabelledRows(ROW, drawn, labels, Collections.nCopies(8, new SampleId(0, 0)));
      byte[] again =
          deriving(sampler)
              .derive(
                  Condition.ofLabel(1),
                  new Variation(sources, 1e-6),
                  5,
                  LongStream.range(0, 8).toArray(),
                  Controls.NONE);
      byte[] others = sampler.sample(Condition.ofLabel(1), 77, 8, 8, Controls.NONE);
      assertThat(distance(again, drawn)).isLessThan(0.5 * distance(others, drawn));
    }
  }
}
