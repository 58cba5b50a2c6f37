package dev.graft.model.watch;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The ways in which a training fails. Bounds are relative to real rows, and so far below what any
 * working model reaches that nobody has to tune them.
 */
public enum Alarm {
  /** Coverage fell to a quarter of that of real rows. */
  COVERAGE {
    @Override
    boolean raisedBy(SampleFigures drawn, SampleFigures real) {
      return drawn.coverage() < 0.25 * real.coverage();
    }

    @Override
    String told(SampleFigures drawn, SampleFigures real, List<String> classes) {
      return text("coverage %s, of real rows %s", drawn.coverage(), real.coverage());
    }
  },
  /** A class of which next to nothing is covered any more: it was dropped. */
  CLASS_COVERAGE {
    @Override
    boolean raisedBy(SampleFigures drawn, SampleFigures real) {
      return drawn.leastCoverage() < 0.1 * real.leastCoverage();
    }

    @Override
    String told(SampleFigures drawn, SampleFigures real, List<String> classes) {
      return text(
          "coverage of class %s %s, least of real rows %s",
          className(classes, drawn.leastCovered()), drawn.leastCoverage(), real.leastCoverage());
    }
  },
  /** Three quarters of all regions of real data hold too little. */
  MISSING_BINS {
    @Override
    boolean raisedBy(SampleFigures drawn, SampleFigures real) {
      return drawn.missingBins() > Math.max(0.75, real.missingBins() + 0.5);
    }

    @Override
    String told(SampleFigures drawn, SampleFigures real, List<String> classes) {
      return text("missing bins %s, of real rows %s", drawn.missingBins(), real.missingBins());
    }
  },
  /** Rows of a class are ten times as alike as real ones. */
  DIVERSITY {
    @Override
    boolean raisedBy(SampleFigures drawn, SampleFigures real) {
      return drawn.diversity() < 0.1 * real.diversity();
    }

    @Override
    String told(SampleFigures drawn, SampleFigures real, List<String> classes) {
      return text("diversity %s, of real rows %s", drawn.diversity(), real.diversity());
    }
  },
  /** Rows of one class are twenty times as alike. */
  CLASS_DIVERSITY {
    @Override
    boolean raisedBy(SampleFigures drawn, SampleFigures real) {
      return drawn.leastDiversity() < 0.05 * real.leastDiversity();
    }

    @Override
    String told(SampleFigures drawn, SampleFigures real, List<String> classes) {
      return text(
          "diversity of class %s %s, least of real rows %s",
          className(classes, drawn.leastDiverse()), drawn.leastDiversity(), real.leastDiversity());
    }
  },
  /** Half of the rows, beyond those of real data, are there more than once. */
  DUPLICATES {
    @Override
    boolean raisedBy(SampleFigures drawn, SampleFigures real) {
      return drawn.duplicates() > 0.5 + real.duplicates();
    }

    @Override
    String told(SampleFigures drawn, SampleFigures real, List<String> classes) {
      return text("duplicates %s, of real rows %s", drawn.duplicates(), real.duplicates());
    }
  },
  /** The critic is never wrong, so the generator learns nothing from it. */
  SATURATION,
  /** A figure of a step or of an evaluation is no number. */
  NOT_FINITE,
  /** A loss is beyond all measure of the first steps. */
  EXPLODED;

  /** Those that drawn rows can raise. */
  static List<Alarm> ofRows() {
    return Arrays.stream(values()).filter(alarm -> alarm.compareTo(SATURATION) < 0).toList();
  }

  /** Lower-case name, as in cards and messages. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Whether it counts in the second half of a training even if all was well never before. Real rows
   * are not covered by a model that is poor, or slow to learn, so there it takes a fall.
   */
  boolean countsAlways() {
    return this != COVERAGE && this != CLASS_COVERAGE;
  }

  /** Whether rows are beyond the bound. */
  boolean raisedBy(SampleFigures drawn, SampleFigures real) {
    return false;
  }

  /** The figure beside that of real rows. */
  String told(SampleFigures drawn, SampleFigures real, List<String> classes) {
    return key();
  }

  private static String className(List<String> classes, int label) {
    return label >= 0 && label < classes.size() ? classes.get(label) : "(any)";
  }

  private static String text(String format, Object... values) {
    Object[] shown =
        Arrays.stream(values)
            .map(v -> v instanceof Double d ? String.format(Locale.ROOT, "%.3f", d) : v)
            .toArray();
    return String.format(Locale.ROOT, format, shown);
  }
}
