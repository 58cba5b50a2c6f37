package dev.graft.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * From values to positions along an axis.
 *
 * @param low value at {@code from}
 * @param high value at {@code to}; above {@code low}
 * @param from position in SVG units
 * @param to position in SVG units; may be below {@code from}
 */
record Scale(double low, double high, double from, double to) {
  private static final int ROUGH_TICKS = 5;
  private static final double[] STEPS = {1, 2, 2.5, 5, 10};

  /** Values whose range is a smaller share of them are equal but for rounding. */
  private static final double LEAST_RANGE = 1e-9;

  /** A scale that spans the values with a little room on both sides. */
  static Scale around(double low, double high, double from, double to) {
    double greatest = Math.max(Math.abs(low), Math.abs(high));
    double room =
        high - low > LEAST_RANGE * greatest ? (high - low) * 0.06 : Math.max(greatest * 0.05, 1e-3);
    return new Scale(low - room, high + room, from, to);
  }

  double at(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  /** Round values within the range. */
  List<Double> ticks() {
    double step = step();
    List<Double> ticks = new ArrayList<>();
    for (double k = Math.ceil(low / step); k * step <= high; k++) {
      ticks.add(k * step);
    }
    return ticks;
  }

  /** A tick's value with just the decimals that its step needs. */
  String label(double tick) {
    double step = step();
    if (step >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", tick);
    }
    int decimals = 0;
    while (decimals < 6
        && Math.abs(step * Math.pow(10, decimals) - Math.rint(step * Math.pow(10, decimals)))
            > 1e-6) {
      decimals++;
    }
    return String.format(Locale.ROOT, "%." + decimals + "f", tick + 0.0);
  }

  private double step() {
    double rough = (high - low) / ROUGH_TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double step : STEPS) {
      if (step * power >= rough) {
        return step * power;
      }
    }
    return 10 * power;
  }
}
