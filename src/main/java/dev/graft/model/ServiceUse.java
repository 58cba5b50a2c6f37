package dev.graft.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What samples have taken of a service. It is told by the answers themselves, so that answers that
 * are kept count as when they were new.
 *
 * @param questions asked, whatever tries they took
 * @param promptTokens tokens that the service has read, by its own count
 * @param completionTokens tokens that it has written
 * @param cost by the prices of the definition, in their currency
 * @param currency of the prices; empty where there are none
 * @param nothing samples that came to nothing, by reason
 */
public record ServiceUse(
    long questions,
    long promptTokens,
    long completionTokens,
    double cost,
    String currency,
    Map<String, Long> nothing) {
  public static final ServiceUse NONE = new ServiceUse(0, 0, 0, 0, "", Map.of());

  private static final double GRID = 1e9;

  public ServiceUse {
    nothing = Collections.unmodifiableMap(new TreeMap<>(nothing));
  }

  /** Both together; costs to nine digits after the point. */
  public ServiceUse plus(ServiceUse other) {
    Map<String, Long> all = new TreeMap<>(nothing);
    other.nothing.forEach((reason, count) -> all.merge(reason, count, Long::sum));
    return new ServiceUse(
        questions + other.questions,
        promptTokens + other.promptTokens,
        completionTokens + other.completionTokens,
        Math.round((cost + other.cost) * GRID) / GRID,
        currency.isEmpty() ? other.currency : currency,
        all);
  }
}
