package dev.graft.evaluate.evidence;

import java.util.List;

/**
 * How one score is spread over the candidates.
 *
 * @param scorer registered name
 * @param meaning one sentence
 * @param higherIsBetter direction
 * @param low lower edge of the first bin
 * @param high upper edge of the last bin
 * @param accepted accepted candidates per bin
 * @param others all other candidates per bin
 * @param bounds declared bounds on this score
 */
public record ScoreSpread(
    String scorer,
    String meaning,
    boolean higherIsBetter,
    double low,
    double high,
    long[] accepted,
    long[] others,
    List<Bound> bounds) {
  public ScoreSpread {
    bounds = List.copyOf(bounds);
  }

  /**
   * @param text as declared, such as {@code at least tune.p05}
   * @param value the bound itself
   */
  public record Bound(String text, double value) {}
}
