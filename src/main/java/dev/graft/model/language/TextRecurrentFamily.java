package dev.graft.model.language;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;

/** Language models that are recurrent networks (Mikolov et al. 2010) of gated units. */
public final class TextRecurrentFamily extends LanguageFamily {
  /**
   * What the {@code architecture} section has beside the common.
   *
   * @param width of a state
   * @param layers how many there are
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Size(int width, int layers) {}

  @Override
  public String name() {
    return "text-recurrent";
  }

  @Override
  public String description() {
    return "gated recurrent network over tokens of texts, conditioned on the class";
  }

  @Override
  LanguageNetwork network(JsonNode architecture, int codes, int classes) {
    Size size = Json.mapper().convertValue(architecture, Size.class);
    int positions = LanguageArchitecture.of(architecture).maxTokens();
    return new RecurrentNetwork(codes, positions, classes, size.width, size.layers);
  }
}
