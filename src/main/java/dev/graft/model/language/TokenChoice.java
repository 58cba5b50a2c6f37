package dev.graft.model.language;

import com.google.common.primitives.Doubles;
import dev.graft.data.GraftException;
import dev.graft.model.Sampler.Controls;
import java.util.Arrays;
import java.util.Set;

/**
 * How a token is chosen of its logits.
 *
 * @param temperature logits are divided by it; above 0, 1 by default
 * @param topK only so many of the likeliest tokens are left; 0, the default, for all
 * @param topP only the fewest likeliest tokens that have this probability together are left
 *     (nucleus sampling, Holtzman et al. 2020); 1, the default, for all
 * @param repetitionPenalty by how much tokens that the text has become less likely: positive logits
 *     are divided by it, others multiplied (Keskar et al. 2019); 1 by default
 * @param maxTokens after so many tokens a text ends; those of the architecture by default
 */
record TokenChoice(
    double temperature, int topK, double topP, double repetitionPenalty, int maxTokens) {
  private static final String TEMPERATURE = "temperature";
  private static final String TOP_K = "top-k";
  private static final String TOP_P = "top-p";
  private static final String REPETITION_PENALTY = "repetition-penalty";
  private static final String MAX_TOKENS = "max-tokens";

  private static final double FIRST_FLOOR = 1 / 8.0;
  private static final double LOWER = 64;

  static final Set<String> NAMES =
      Set.of(TEMPERATURE, TOP_K, TOP_P, REPETITION_PENALTY, MAX_TOKENS);

  /**
   * @param most tokens of a text, the end among them
   * @throws GraftException (exit 2) for a value out of range
   */
  static TokenChoice of(Controls controls, int most) {
    return new TokenChoice(
        within(controls, TEMPERATURE, 1, Double.MIN_NORMAL, 100, "above 0, to 100"),
        (int) within(controls, TOP_K, 0, 0, Integer.MAX_VALUE, "0 (all tokens) or more"),
        within(controls, TOP_P, 1, Double.MIN_NORMAL, 1, "above 0, to 1"),
        within(controls, REPETITION_PENALTY, 1, 1, 100, "1 to 100"),
        (int) within(controls, MAX_TOKENS, most, 1, most, "1 to " + most));
  }

  private static double within(
      Controls controls, String name, double usual, double min, double max, String allowed) {
    double value = controls.get(name, usual);
    if (!(value >= min && value <= max)) {
      throw GraftException.usage("control %s is %s; allowed: %s", name, value, allowed);
    }
    return value;
  }

  /**
   * Chooses a token.
   *
   * @param logits are changed; a token of negative infinity is never chosen
   * @param drawn tokens of the text so far
   * @param count how many there are
   * @param uniform 0 to 1
   */
  int choose(double[] logits, int[] drawn, int count, double uniform) {
    if (repetitionPenalty > 1) {
      Arrays.stream(drawn, 0, count)
          .distinct()
          .forEach(
              token ->
                  logits[token] =
                      logits[token] > 0
                          ? logits[token] / repetitionPenalty
                          : logits[token] * repetitionPenalty);
    }
    double greatest = Doubles.max(logits);
    double total = 0;
    for (int token = 0; token < logits.length; token++) {
      logits[token] = Exponential.of((logits[token] - greatest) / temperature);
      total += logits[token];
    }
    if (topK > 0 && topK < logits.length || topP < 1) {
      total = keepLikeliest(logits, total);
    }
    double rest = uniform * total;
    int last = 0;
    for (int token = 0; token < logits.length; token++) {
      if (logits[token] > 0) {
        last = token;
        rest -= logits[token];
        if (rest < 0) {
          break;
        }
      }
    }
    return last;
  }

  /**
   * Makes the weights of all other tokens 0, and gives the sum of those left.
   *
   * @param weights of which the greatest is 1
   */
  private double keepLikeliest(double[] weights, double total) {
    double floor = FIRST_FLOOR; // seldom more than a few tokens are wanted: not all are sorted
    double[] ascending = ascending(weights, floor);
    Likeliest kept = likeliest(ascending, total);
    while (!kept.enough() && ascending.length < weights.length) {
      floor = floor < Double.MIN_NORMAL ? 0 : floor / LOWER;
      ascending = ascending(weights, floor);
      kept = likeliest(ascending, total);
    }
    // Of tokens as likely as the last one that is left, those of the lowest numbers.
    int equal = kept.count();
    for (double weight : weights) {
      equal -= weight > kept.least() ? 1 : 0;
    }
    for (int token = 0; token < weights.length; token++) {
      if (weights[token] < kept.least() || weights[token] == kept.least() && equal-- <= 0) {
        weights[token] = 0;
      }
    }
    return kept.sum();
  }

  private record Likeliest(int count, double least, double sum, boolean enough) {}

  private Likeliest likeliest(double[] ascending, double total) {
    double least = 0;
    double sum = 0;
    for (int count = 0; count < ascending.length; ) {
      least = ascending[ascending.length - 1 - count++];
      sum += least;
      if (count == topK || sum >= topP * total) {
        return new Likeliest(count, least, sum, true);
      }
    }
    return new Likeliest(ascending.length, least, sum, false);
  }

  /** The weights from {@code floor}. */
  private static double[] ascending(double[] weights, double floor) {
    double[] likely = new double[weights.length];
    int count = 0;
    for (double weight : weights) {
      if (weight >= floor) {
        likely[count++] = weight;
      }
    }
    Arrays.sort(likely, 0, count);
    return Arrays.copyOf(likely, count);
  }
}
