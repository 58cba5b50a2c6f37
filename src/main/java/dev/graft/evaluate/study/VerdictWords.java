package dev.graft.evaluate.study;

import dev.graft.evaluate.study.StudyArm.SeedRun;
import dev.graft.evaluate.utility.Arm;
import dev.graft.evaluate.utility.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A verdict in plain words. */
final class VerdictWords {
  private static final double REACHED = 0.9; // of the rows asked for

  private VerdictWords() {}

  /**
   * @param best of all arms on TUNE
   * @param mixed the best there of those with synthetic rows
   */
  static String of(StudyArm best, StudyArm mixed) {
    List<String> parts = new ArrayList<>();
    add(parts, mixed.overClassical(), Arm.CLASSICAL);
    add(parts, mixed.overReal(), Arm.REAL);
    String sentence = mixed.name() + " " + String.join(" and ", parts) + "." + shortfall(mixed);
    return best == mixed
        ? sentence
        : sentence
            + " On tune rows "
            + best.name()
            + " does best: no synthetic rows are recommended.";
  }

  /** Where rules or the cap of candidates left clearly fewer rows than were asked for. */
  private static String shortfall(StudyArm mixed) {
    long real = mixed.runs().stream().mapToLong(SeedRun::realRows).sum();
    long synthetic = mixed.runs().stream().mapToLong(SeedRun::syntheticRows).sum();
    double reached = (double) synthetic / Math.max(1, real);
    return reached >= REACHED * mixed.ratio()
        ? ""
        : String.format(
            Locale.ROOT,
            " Selection accepted only %.2f synthetic rows for each real one.",
            reached);
  }

  private static void add(List<String> parts, Interval gain, Arm over) {
    if (gain == null) {
      return;
    }
    if (gain.low() == null) {
      parts.add(
          String.format(
              Locale.ROOT,
              "differs from %s by %+.1f points, by one seed alone",
              over.key(),
              points(gain.mean())));
    } else if (gain.low() > 0) {
      parts.add(
          String.format(
              Locale.ROOT,
              "beats %s by %.1f points [%s, %s]",
              over.key(),
              points(gain.mean()),
              end(gain.low()),
              end(gain.high())));
    } else {
      parts.add(
          String.format(
              Locale.ROOT,
              "does not beat %s: %+.1f points [%s, %s]",
              over.key(),
              points(gain.mean()),
              end(gain.low()),
              end(gain.high())));
    }
  }

  /** An end of an interval in points, with a digit more where it would else look like zero. */
  private static String end(double share) {
    double points = points(share);
    return points == 0 && share != 0
        ? String.format(Locale.ROOT, "%.2f", Math.rint(10_000 * share) / 100 + 0.0)
        : String.format(Locale.ROOT, "%.1f", points);
  }

  /** Percentage points, and never a negative zero. */
  private static double points(double share) {
    return Math.rint(1000 * share) / 10 + 0.0;
  }
}
