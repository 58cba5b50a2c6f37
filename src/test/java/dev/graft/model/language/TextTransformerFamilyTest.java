package dev.graft.model.language;

import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;

class TextTransformerFamilyTest extends LanguageFamilyContract {
  @Override
  protected ModelFamily<Sampler> family() {
    return new TextTransformerFamily();
  }

  @Override
  protected String definitionYaml() {
    return """
        family: text-transformer
        architecture: {vocabulary: 290, max-tokens: 12, width: 16, layers: 2, heads: 2}
        training:
          steps: 110
          batch: 16
          learning-rate: 0.02
          ema: 0.8
          clip: 1
          token-noise: 0.05
          eval-every: 20
          checkpoint-every: 30
        compute: {batch: 8}
        """;
  }
}
