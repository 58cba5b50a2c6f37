package dev.graft.spec;

import dev.graft.spec.Vocabulary.SourceKeys;

/** Reads {@code split}. */
final class SplitSection {
  private static final double DEFAULT_TEST = 0.15;

  private final SpecReading reading;

  SplitSection(SpecReading reading) {
    this.reading = reading;
  }

  SplitSpec read() {
    boolean official = reading.has("/source/test");
    boolean stated = reading.has("/split/test");
    if (official && stated) {
      reading.problem(
          "/split/test",
          "split.test and source.test exclude each other: the official test set is the test part;"
              + " remove one of them");
    }
    String format = reading.text("/source/format");
    SourceKeys keys = reading.vocabulary().sourceFormats().get(format);
    if (reading.has("/split/by") && keys != null && !keys.groups()) {
      reading.problem(
          "/split/by",
          "split.by names a column of the source, and the format %s has none; remove it",
          format);
    }
    double tune = reading.at("/split/tune").doubleValue();
    double test = stated ? reading.at("/split/test").doubleValue() : official ? 0 : DEFAULT_TEST;
    if (tune + test >= 1) {
      reading.problem(
          stated ? "/split/test" : "/split/tune",
          "split.tune %s and split.test %s leave nothing to train on; together they must be below 1",
          tune,
          test);
    }
    return new SplitSpec(tune, test, reading.text("/split/by"));
  }
}
