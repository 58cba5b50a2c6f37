package dev.graft.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;

/**
 * How many real rows a mixed training set draws for how many synthetic ones, in lowest terms.
 * Written {@code 4:1}.
 *
 * @param real from 1
 * @param synthetic from 1
 */
public record MixingRatio(int real, int synthetic) implements Serializable {
  /** As many real rows as synthetic ones. */
  public static final MixingRatio EVEN = new MixingRatio(1, 1);

  public MixingRatio {
    if (real < 1 || synthetic < 1) {
      throw new IllegalArgumentException("both sides of a ratio start at 1");
    }
    int divisor = divisor(real, synthetic);
    real /= divisor;
    synthetic /= divisor;
  }

  /** Reads {@code 4:1}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static MixingRatio of(String text) {
    int colon = text.indexOf(':');
    return new MixingRatio(
        Integer.parseInt(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
  }

  /** Share of real rows, in (0, 1). */
  public double realShare() {
    return (double) real / (real + synthetic);
  }

  private static int divisor(int a, int b) {
    return b == 0 ? a : divisor(b, a % b);
  }

  @JsonValue
  @Override
  public String toString() {
    return real + ":" + synthetic;
  }
}
