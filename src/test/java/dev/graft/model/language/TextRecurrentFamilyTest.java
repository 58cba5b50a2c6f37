package dev.graft.model.language;

import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;

class TextRecurrentFamilyTest extends LanguageFamilyContract {
  @Override
  protected ModelFamily<Sampler> family() {
    return new TextRecurrentFamily();
  }

  @Override
  protected String definitionYaml() {
    return """
        family: text-recurrent
        architecture: {vocabulary: 290, max-tokens: 12, width: 32, layers: 2}
        training:
          steps: 110
          batch: 16
          learning-rate: 0.04
          ema: 0.8
          clip: 1
          token-noise: 0.05
          eval-every: 20
          checkpoint-every: 30
        compute: {batch: 8}
        """;
  }
}
