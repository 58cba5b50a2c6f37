package dev.graft.evaluate.gate;

import dev.graft.evaluate.Figure;
import dev.graft.evaluate.gate.GateFigures.Candidate;
import dev.graft.spec.GateSpec;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Holds figures against the bounds of a spec. Says what passed and what did not; refusing to
 * publish is left to PUBLISH. A figure that is undefined passes no gate, but for a default one
 * where there are too few real rows, or none are wanted: that is not the generator's fault.
 */
public final class Gates {
  private static final String WORST = "worst";
  private static final int SHOWN_DIGITS = 4;

  private Gates() {}

  public static List<GateResult> check(List<GateSpec> gates, GateFigures figures) {
    return gates.stream().map(gate -> check(gate, figures)).toList();
  }

  private static GateResult check(GateSpec gate, GateFigures figures) {
    List<Candidate> candidates =
        gate.perClass().equals(WORST)
            ? figures.perClass(gate.metric())
            : List.of(figures.overall(gate.metric()));
    if (gate.standard()) {
      List<Candidate> telling =
          candidates.stream().filter(candidate -> candidate.excuse().isEmpty()).toList();
      if (telling.isEmpty()) {
        return spared(gate, candidates.get(0));
      }
      candidates = telling;
    }
    return candidates.stream()
        .map(candidate -> new Judged(check(gate, candidate), slack(gate, candidate)))
        .min(Comparator.comparingDouble(Judged::slack))
        .map(Judged::result)
        .orElseThrow();
  }

  /** Of a default gate whose figure says nothing of the generator. */
  private static GateResult spared(GateSpec gate, Candidate candidate) {
    return new GateResult(
        gate.metric(),
        candidate.group(),
        null,
        null,
        null,
        null,
        true,
        gate.metric() + " (" + candidate.group() + ") is not asked for: " + candidate.excuse());
  }

  /** How far within its bounds a figure lies; negative outside. Undefined figures are the worst. */
  private static double slack(GateSpec gate, Candidate candidate) {
    if (!candidate.value().isDefined() || missesReference(gate, candidate)) {
      return Double.NEGATIVE_INFINITY;
    }
    double value = candidate.value().value();
    double above = hasMin(gate) ? value - bound(gate.min(), gate, candidate) : Double.MAX_VALUE;
    double below = hasMax(gate) ? bound(gate.max(), gate, candidate) - value : Double.MAX_VALUE;
    return Math.min(above, below);
  }

  private static GateResult check(GateSpec gate, Candidate candidate) {
    Figure value = candidate.value();
    if (!value.isDefined()) {
      return undefined(gate, candidate, value.reason());
    }
    if (missesReference(gate, candidate)) {
      return undefined(gate, candidate, candidate.reference().reason());
    }
    Double min = hasMin(gate) ? Figure.rounded(bound(gate.min(), gate, candidate)) : null;
    Double max = hasMax(gate) ? Figure.rounded(bound(gate.max(), gate, candidate)) : null;
    boolean low = min != null && value.value() < min;
    boolean high = max != null && value.value() > max;
    return new GateResult(
        gate.metric(),
        candidate.group(),
        value.value(),
        isRelative(gate) ? candidate.reference().value() : null,
        min,
        max,
        !low && !high,
        message(gate, candidate, min, max, low, high));
  }

  private static String message(
      GateSpec gate, Candidate candidate, Double min, Double max, boolean low, boolean high) {
    StringBuilder text = new StringBuilder();
    text.append(gate.metric()).append(" (").append(candidate.group()).append(") is ");
    text.append(shown(candidate.value().value()));
    if (min != null) {
      text.append(low ? ", below the least allowed " : ", at least ").append(shown(min));
      text.append(multiple(gate, gate.min(), candidate));
    }
    if (max != null) {
      text.append(high ? ", above the greatest allowed " : ", at most ").append(shown(max));
      text.append(multiple(gate, gate.max(), candidate));
    }
    if (low || high) {
      Stream.of(FailureMeanings.of(gate.metric(), low), candidate.note())
          .filter(words -> !words.isEmpty())
          .forEach(words -> text.append("; ").append(words));
    }
    return text.toString();
  }

  private static String multiple(GateSpec gate, double factor, Candidate candidate) {
    if (!isRelative(gate)) {
      return "";
    }
    String words =
        gate.relativeTo().equals(GateSpec.TUNE_TO_ONE)
            ? " (%s of the way from the %s of real tune rows to 1)"
            : " (%s times the %s of real tune rows)";
    return String.format(Locale.ROOT, words, shown(factor), shown(candidate.reference().value()));
  }

  private static GateResult undefined(GateSpec gate, Candidate candidate, String reason) {
    return new GateResult(
        gate.metric(),
        candidate.group(),
        candidate.value().value(),
        null,
        null,
        null,
        false,
        gate.metric() + " (" + candidate.group() + ") is undefined: " + reason);
  }

  private static double bound(double declared, GateSpec gate, Candidate candidate) {
    if (!isRelative(gate)) {
      return declared;
    }
    double real = candidate.reference().value();
    return gate.relativeTo().equals(GateSpec.TUNE_TO_ONE)
        ? real + declared * (1 - real)
        : declared * real;
  }

  private static boolean missesReference(GateSpec gate, Candidate candidate) {
    return isRelative(gate) && !candidate.reference().isDefined();
  }

  private static boolean isRelative(GateSpec gate) {
    return !gate.relativeTo().isEmpty();
  }

  private static boolean hasMin(GateSpec gate) {
    return !Double.isNaN(gate.min());
  }

  private static boolean hasMax(GateSpec gate) {
    return !Double.isNaN(gate.max());
  }

  private static String shown(double value) {
    return BigDecimal.valueOf(value)
        .round(new MathContext(SHOWN_DIGITS))
        .stripTrailingZeros()
        .toPlainString();
  }

  private record Judged(GateResult result, double slack) {}
}
