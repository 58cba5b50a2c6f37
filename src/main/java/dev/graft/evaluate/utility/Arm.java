package dev.graft.evaluate.utility;

import dev.graft.data.GraftException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The training sets that a utility comparison can compare. */
public enum Arm {
  /** Real train rows as they are. */
  REAL(true, false, false, false, "real rows"),
  /** Real train rows, classically augmented afresh in every batch. */
  CLASSICAL(true, false, true, false, "real rows, augmented classically afresh in every batch"),
  /** Real train rows, as many of each class as of the largest, classically augmented afresh. */
  OVERSAMPLED(
      true,
      true,
      true,
      false,
      "real rows, those of smaller classes repeated until all are as large, augmented classically"
          + " afresh in every batch"),
  /** Real and accepted synthetic rows. */
  GENERATED(true, false, false, true, "real and synthetic rows"),
  /** Real and accepted synthetic rows, classically augmented afresh in every batch. */
  BOTH(
      true,
      false,
      true,
      true,
      "real and synthetic rows, augmented classically afresh in every batch"),
  /**
   * Real rows, and smaller classes filled up to the largest with synthetic rows and repeated real
   * ones in turn, classically augmented afresh.
   */
  FILLED(
      true,
      true,
      true,
      true,
      "real rows, smaller classes filled up to the largest with synthetic rows and repeated real"
          + " ones in turn, augmented classically afresh in every batch"),
  /** Accepted synthetic rows alone: a diagnostic, not a way to use them. */
  SYNTHETIC(false, false, false, true, "synthetic rows alone");

  private final boolean real;
  private final boolean evened;
  private final boolean classical;
  private final boolean synthetic;
  private final String meaning;

  Arm(boolean real, boolean evened, boolean classical, boolean synthetic, String meaning) {
    this.real = real;
    this.evened = evened;
    this.classical = classical;
    this.synthetic = synthetic;
    this.meaning = meaning;
  }

  /** Name in specs, files and JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean usesReal() {
    return real;
  }

  /** Whether smaller classes are filled up until all classes are equally large. */
  public boolean oversamples() {
    return evened;
  }

  public boolean usesClassical() {
    return classical;
  }

  public boolean usesSynthetic() {
    return synthetic;
  }

  /** Whether it draws from real and synthetic rows in a ratio. */
  public boolean mixes() {
    return real && synthetic && !evened;
  }

  /** What the learner is trained on, for the report. */
  public String meaning() {
    return meaning;
  }

  /** The arm of this name. */
  public static Arm of(String key) {
    return Arrays.stream(values())
        .filter(arm -> arm.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                GraftException.usage(
                    "unknown arm \"%s\"; known: %s",
                    key, Arrays.stream(values()).map(Arm::key).collect(Collectors.joining(", "))));
  }
}
