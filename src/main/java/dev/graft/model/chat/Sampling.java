package dev.graft.model.chat;

import dev.graft.data.GraftException;
import dev.graft.model.Sampler.Controls;
import java.util.Set;

/**
 * How a service draws tokens.
 *
 * @param temperature 0 or more; control {@code temperature}
 * @param topP above 0, to 1; control {@code top-p}
 */
record Sampling(double temperature, double topP) {
  static final Set<String> NAMES = Set.of("temperature", "top-p");

  private static final double HOTTEST = 2;

  /**
   * @throws GraftException (exit 2) for a value that no service takes
   */
  static Sampling of(ChatService service, Controls controls) {
    double temperature = controls.get("temperature", service.temperature());
    double topP = controls.get("top-p", service.topP());
    if (!(temperature >= 0 && temperature <= HOTTEST)) {
      throw GraftException.usage("control temperature is %s; allowed: 0 to 2", temperature);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw GraftException.usage("control top-p is %s; allowed: above 0 to 1", topP);
    }
    return new Sampling(temperature, topP);
  }
}
