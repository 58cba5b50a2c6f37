package dev.graft.model.wgan;

import dev.graft.model.DerivingSamplerContract;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;

class WganFamilyTest extends DerivingSamplerContract {
  @Override
  protected ModelFamily<Sampler> family() {
    return new WganFamily();
  }

  @Override
  protected String learnt() {
    return "tune-distance";
  }

  @Override
  protected String definitionYaml() {
    return """
        family: wgan-gp
        architecture:
          generator: {latent: 4, channels: [16, 8]}
          critic: {channels: [8, 16], hidden: 16}
        training:
          steps: 130
          batch: 16
          learning-rate: 0.004
          ema: 0.9
          critic-steps: 2
          eval-every: 25
          checkpoint-every: 40
        compute: {batch: 8}
        """;
  }
}
