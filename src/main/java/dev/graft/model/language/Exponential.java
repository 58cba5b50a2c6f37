package dev.graft.model.language;

/**
 * The exponential function of numbers that are not positive, to 15 digits: for the weights of
 * thousands of tokens, at a fraction of the cost of {@link StrictMath#exp} and, as that, with the
 * same bits on every processor. {@code e^x = 2^(k / 64) e^r}, the former from a table, the latter
 * by its series, with {@code |r| <= ln 2 / 128} (Tang 1989, "Table-driven implementation of the
 * exponential function in IEEE floating-point arithmetic").
 */
final class Exponential {
  private static final int PARTS = 64;
  private static final double PER_PART = PARTS / StrictMath.log(2);
  private static final double PART = 0x1.62e42fefp-7; // ln 2 / 64, whose products with k are exact
  private static final double REST = 0x1.473de6af278edp-40; // what is missing of it
  private static final double LEAST = -700;
  private static final double ROUNDING = 0x1.8p52; // a sum with it has no digits after the point
  private static final int BIAS = 1023;
  private static final int MANTISSA = 52;
  private static final double[] POWERS = powers();

  private Exponential() {}

  private static double[] powers() {
    double[] powers = new double[PARTS];
    for (int i = 0; i < PARTS; i++) {
      powers[i] = StrictMath.pow(2, (double) i / PARTS);
    }
    return powers;
  }

  /**
   * @param x not above 0
   * @return e^x; 0 below -700, where it is less than 1e-304
   */
  static double of(double x) {
    if (x < LEAST) {
      return 0;
    }
    double parts = (x * PER_PART + ROUNDING) - ROUNDING;
    int k = (int) parts;
    double r = x - parts * PART - parts * REST;
    double series = 1 + r * (1 + r * (1 / 2.0 + r * (1 / 6.0 + r * (1 / 24.0 + r / 120))));
    double power = Double.longBitsToDouble((long) ((k >> 6) + BIAS) << MANTISSA);
    return POWERS[k & (PARTS - 1)] * series * power;
  }
}
