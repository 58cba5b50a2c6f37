package dev.graft.evaluate.run;

import dev.graft.evaluate.evidence.ScoreSpread.Bound;
import dev.graft.generate.RealDrops;
import dev.graft.generate.SelectionSummary.AppliedRule;
import dev.graft.modality.SignatureScheme;
import dev.graft.spec.DecimalText;
import dev.graft.spec.SelectRule;
import dev.graft.spec.SelectRule.Kind;
import dev.graft.spec.SelectRule.TunePercentile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The selection rules in words, with the numbers their bounds came to. */
final class RuleTexts {
  private final List<SelectRule> rules;
  private final List<AppliedRule> applied;
  private final SignatureScheme signatures;
  private final RealDrops realDrops;

  /**
   * @param rules of the selection
   * @param applied what they came to, in the same order
   * @param signatures for the unit of near-duplicates
   * @param realDrops what a rule against near-duplicates would drop of real rows; null without one
   */
  RuleTexts(
      List<SelectRule> rules,
      List<AppliedRule> applied,
      SignatureScheme signatures,
      RealDrops realDrops) {
    this.rules = List.copyOf(rules);
    this.applied = List.copyOf(applied);
    this.signatures = signatures;
    this.realDrops = realDrops;
  }

  /** By the reason under which they are counted, in spec order. */
  Map<String, String> byReason() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      texts.merge(rules.get(i).reason(), text(i), (first, second) -> first + " and " + second);
    }
    return texts;
  }

  /** Bounds of the rules that compare a score, by scorer. */
  Map<String, List<Bound>> bounds() {
    Map<String, List<Bound>> bounds = new LinkedHashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      Kind kind = rules.get(i).kind();
      if (kind == Kind.MIN || kind == Kind.MAX) {
        bounds
            .computeIfAbsent(rules.get(i).scorer(), key -> new ArrayList<>())
            .add(new Bound(kind == Kind.MIN ? atLeast(i) : atMost(i), value(i)));
      }
    }
    return bounds;
  }

  private String text(int rule) {
    String scorer = rules.get(rule).scorer();
    return switch (rules.get(rule).kind()) {
      case MIN -> scorer + " " + atLeast(rule);
      case MAX -> scorer + " " + atMost(rule);
      case TOP -> String.format(Locale.ROOT, "the best %.0f a class by %s", value(rule), scorer);
      case PUBLISHED ->
          "nothing within "
              + DecimalText.of(value(rule))
              + ", "
              + signatures.unit()
              + ", of a synthetic row published on an earlier date";
      case DROP ->
          "no "
              + scorer
              + " within "
              + DecimalText.of(value(rule))
              + ", "
              + signatures.unit()
              + (realDrops == null ? "" : "; " + realDrops.text());
    };
  }

  private String atLeast(int rule) {
    return "at least " + shown(rule);
  }

  private String atMost(int rule) {
    return "at most " + shown(rule);
  }

  private String shown(int rule) {
    String number = DecimalText.of(value(rule));
    return rules.get(rule).threshold() instanceof TunePercentile percentile
        ? number + " (" + percentile.text() + ")"
        : number;
  }

  private double value(int rule) {
    return applied.get(rule).value();
  }
}
