package dev.graft.spec;

import dev.graft.spec.RetrainPolicy.When;
import java.util.Locale;

/** Reads {@code retrain}. */
final class RetrainSection {
  private static final String WHEN = "/retrain/when";

  private final SpecReading reading;

  RetrainSection(SpecReading reading) {
    this.reading = reading;
  }

  RetrainPolicy read() {
    if (!reading.has("/retrain")) {
      return RetrainPolicy.CHANGED;
    }
    When when = When.valueOf(reading.text(WHEN).toUpperCase(Locale.ROOT));
    belongs("days", when == When.AGE, "age", "30");
    belongs("over", when == When.DRIFT, "drift", "0.1");
    return new RetrainPolicy(
        when, reading.at("/retrain/days").intValue(), reading.at("/retrain/over").doubleValue());
  }

  private void belongs(String key, boolean needed, String rule, String example) {
    String pointer = "/retrain/" + key;
    if (needed && !reading.has(pointer)) {
      reading.problem(
          WHEN, "retrain.when: %s needs retrain.%s, for example %s", rule, key, example);
    } else if (!needed && reading.has(pointer)) {
      reading.problem(
          pointer, "retrain.%s is for when: %s; here it would do nothing: remove it", key, rule);
    }
  }
}
