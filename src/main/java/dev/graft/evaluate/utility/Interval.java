package dev.graft.evaluate.utility;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.evaluate.Figure;
import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Mean of a few independent values, with Student's 95 % interval of the mean.
 *
 * @param values how many
 * @param mean their mean
 * @param deviation sample standard deviation (divided by n - 1); null for one value
 * @param low lower end of the interval; null for one value
 * @param high upper end; null for one value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Interval(int values, double mean, Double deviation, Double low, Double high) {
  private static final double UPPER_QUANTILE = 0.975;

  /** Of at least one value. */
  public static Interval of(double... values) {
    int count = values.length;
    double mean = Arrays.stream(values).sum() / count;
    if (count < 2) {
      return new Interval(count, Figure.rounded(mean), null, null, null);
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = Math.sqrt(squares / (count - 1));
    double half =
        new TDistribution(null, count - 1).inverseCumulativeProbability(UPPER_QUANTILE)
            * deviation
            / Math.sqrt(count);
    return new Interval(
        count,
        Figure.rounded(mean),
        Figure.rounded(deviation),
        Figure.rounded(mean - half),
        Figure.rounded(mean + half));
  }
}
