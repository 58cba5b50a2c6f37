package dev.graft.model.language;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.nn.CausalTransformer;

/** Language models that are causal transformers (Radford et al. 2019). */
public final class TextTransformerFamily extends LanguageFamily {
  /**
   * What the {@code architecture} section has beside the common.
   *
   * @param width of a position's vector
   * @param layers transformer blocks
   * @param heads of attention; they divide the width
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Size(int width, int layers, int heads) {}

  @Override
  public String name() {
    return "text-transformer";
  }

  @Override
  public String description() {
    return "causal transformer over tokens of texts, conditioned on the class";
  }

  @Override
  LanguageNetwork network(JsonNode architecture, int codes, int classes) {
    Size size = Json.mapper().convertValue(architecture, Size.class);
    if (size.width % size.heads != 0) {
      throw GraftException.usage(
          "architecture.width is %d, which %d heads do not divide", size.width, size.heads);
    }
    return new TransformerNetwork(
        new CausalTransformer(
            new CausalTransformer.Size(size.width, size.layers, size.heads),
            codes,
            LanguageArchitecture.of(architecture).maxTokens(),
            classes));
  }
}
