package dev.graft.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.spec.SelectRule.Fixed;
import dev.graft.spec.SelectRule.Kind;
import dev.graft.spec.SelectRule.Threshold;
import dev.graft.spec.SelectRule.TunePercentile;
import dev.graft.spec.Vocabulary.ScorerFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code select}: rules in order, or the default four and those of the modality. */
final class SelectSection {
  private static final List<String> DECISIONS =
      List.of("min", "max", "quantile", "top-per-class", "drop");

  /** The scorer that is 0 for a row without all of its parts. */
  private static final String WHOLE = "well-formed";

  private final SpecReading reading;
  private final double duplicateDistance;
  private final List<SelectRule> rules = new ArrayList<>();

  SelectSection(SpecReading reading, double duplicateDistance) {
    this.reading = reading;
    this.duplicateDistance = duplicateDistance;
  }

  /**
   * @param further default rules of the modality
   */
  List<SelectRule> read(List<SelectRule> further) {
    if (!reading.has("/select")) {
      rules.add(new SelectRule("label-agreement", Kind.MIN, new Fixed(0.5), 0));
      rules.add(new SelectRule("realism", Kind.MIN, new TunePercentile(5), 0));
      rules.add(new SelectRule("novelty", Kind.MIN, new TunePercentile(1), 0));
      rules.addAll(further);
      rules.add(new SelectRule("near-duplicate", Kind.DROP, new Fixed(duplicateDistance), 0));
      return rules;
    }
    for (int i = 0; i < reading.at("/select").size(); i++) {
      if (reading.sound("/select/" + i)) {
        rule("/select/" + i);
      }
    }
    return rules;
  }

  /**
   * Rows of several parts, or of a text and its spans, are published in columns: one that cannot be
   * taken apart must not get there.
   *
   * @param which rows those are
   * @param names of the parts, or of the kinds of spans
   */
  static void checkParts(
      SpecReading reading, List<SelectRule> rules, String which, List<String> names) {
    boolean checked =
        rules.stream()
            .anyMatch(
                rule ->
                    rule.scorer().equals(WHOLE)
                        && rule.kind() == Kind.MIN
                        && rule.threshold() instanceof Fixed least
                        && least.value() > 0);
    if (!checked) {
      reading.problem(
          "/select",
          "select lets rows pass %s %s; add {scorer: %s, min: 0.9}, or any other min above 0",
          which,
          String.join(", ", names),
          WHOLE);
    }
  }

  private void rule(String pointer) {
    JsonNode rule = reading.at(pointer);
    String scorer = rule.get("scorer").textValue();
    Map<String, ScorerFacts> scorers = reading.vocabulary().scorers();
    if (!reading.known(pointer + "/scorer", "scorer", scorer, scorers.keySet())) {
      return;
    }
    ScorerFacts facts = scorers.get(scorer);
    String modality = reading.text("/modality");
    if (!facts.modality().isEmpty() && !facts.modality().equals(modality)) {
      reading.problem(
          pointer + "/scorer",
          "%s is for the modality %s; this spec's is %s",
          scorer,
          facts.modality(),
          modality);
      return;
    }
    List<String> stated = DECISIONS.stream().filter(rule::has).toList();
    boolean range = stated.equals(List.of("min", "max"));
    if (stated.size() != 1 && !range) {
      reading.problem(
          pointer,
          "the rule on %s must have exactly one of %s (or min with max); it has %s",
          scorer,
          String.join(", ", DECISIONS),
          stated.isEmpty() ? "none" : String.join(" and ", stated));
      return;
    }
    if (facts.wholeSet() != rule.has("drop")) {
      reading.problem(
          pointer,
          "%s %s",
          scorer,
          facts.wholeSet()
              ? "compares candidates with each other; write drop: true"
              : "marks nothing to drop; use min, max, quantile or top-per-class");
      return;
    }
    if (rule.has("distance") && !rule.has("drop")) {
      reading.problem(pointer + "/distance", "distance goes with drop: true");
      return;
    }
    List<String> terms = new RuleTerms(reading).read(pointer, scorer, facts.terms());
    for (String decision : stated) {
      add(pointer, scorer, facts, terms, decision);
    }
  }

  private void add(
      String pointer, String scorer, ScorerFacts facts, List<String> terms, String decision) {
    int line = reading.line(pointer);
    JsonNode rule = reading.at(pointer);
    JsonNode value = rule.get(decision);
    SelectRule bounded =
        switch (decision) {
          case "min" -> new SelectRule(scorer, Kind.MIN, bound(pointer + "/min", facts), line);
          case "max" -> new SelectRule(scorer, Kind.MAX, bound(pointer + "/max", facts), line);
          case "quantile" -> quantile(scorer, facts, value.doubleValue(), line);
          case "top-per-class" ->
              new SelectRule(scorer, Kind.TOP, new Fixed(value.longValue()), line);
          default ->
              new SelectRule(
                  scorer,
                  Kind.DROP,
                  new Fixed(rule.path("distance").asDouble(duplicateDistance)),
                  line);
        };
    SelectRule made = new SelectRule(scorer, bounded.kind(), bounded.threshold(), terms, line);
    for (SelectRule other : rules) {
      if (other.scorer().equals(scorer) && other.kind() == made.kind()) {
        reading.problem(
            pointer,
            "a second %s rule on %s; the first is in line %d",
            made.kind().name().toLowerCase(java.util.Locale.ROOT),
            scorer,
            other.line());
      } else if (contradict(other, made) || contradict(made, other)) {
        reading.problem(pointer, "no row can pass: the min of %s is not below its max", scorer);
      }
    }
    rules.add(made);
  }

  /** So that a share of real tune rows would fail: the lower end where more is better. */
  private static SelectRule quantile(String scorer, ScorerFacts facts, double share, int line) {
    double percent = share * 100;
    return facts.higherIsBetter()
        ? new SelectRule(scorer, Kind.MIN, new TunePercentile(percent), line)
        : new SelectRule(scorer, Kind.MAX, new TunePercentile(100 - percent), line);
  }

  private Threshold bound(String pointer, ScorerFacts facts) {
    JsonNode value = reading.at(pointer);
    if (value.isTextual()) {
      return new TunePercentile(Double.parseDouble(value.textValue().substring("tune.p".length())));
    }
    if (!facts.range().contains(value.doubleValue())) {
      reading.problem(
          pointer,
          "%s is outside the scorer's range, %s to %s",
          value.asText(),
          facts.range().min(),
          facts.range().max());
    }
    return new Fixed(value.doubleValue());
  }

  private static boolean contradict(SelectRule low, SelectRule high) {
    if (!low.scorer().equals(high.scorer()) || low.kind() != Kind.MIN || high.kind() != Kind.MAX) {
      return false;
    }
    if (low.threshold() instanceof Fixed min && high.threshold() instanceof Fixed max) {
      return min.value() >= max.value();
    }
    return low.threshold() instanceof TunePercentile min
        && high.threshold() instanceof TunePercentile max
        && min.percentile() >= max.percentile();
  }
}
