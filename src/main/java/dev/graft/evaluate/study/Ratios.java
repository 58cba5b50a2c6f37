package dev.graft.evaluate.study;

import java.math.BigDecimal;

/** Ratios of synthetic to real rows as people write them. */
public final class Ratios {
  private Ratios() {}

  /** {@code 0.5x} or {@code 10x}. */
  public static String text(double ratio) {
    return BigDecimal.valueOf(ratio).stripTrailingZeros().toPlainString() + "x";
  }

  /**
   * An arm with its ratio, such as {@code both at 2x}.
   *
   * @param ratio null for an arm without synthetic rows
   */
  public static String named(String arm, Double ratio) {
    return ratio == null ? arm : arm + " at " + text(ratio);
  }
}
