package dev.graft.select;

import dev.graft.data.GraftException;
import dev.graft.modality.SignatureScheme;
import dev.graft.score.ScoreScale;
import dev.graft.score.Scorers;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.SelectRule;
import dev.graft.spec.SelectRule.Fixed;
import dev.graft.spec.SelectRule.Kind;
import dev.graft.spec.SelectRule.TunePercentile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The declared rules in spec order, checked. A candidate is refused by the first rule it fails; TOP
 * rules rank what the rules before them have left.
 *
 * @param rules in spec order
 */
public record SelectionRules(List<SelectRule> rules) implements Serializable {
  /** The reason of candidates that pass every rule but are not needed. */
  public static final String SURPLUS = "surplus";

  /** The reason of candidates that the generator had no sample for. */
  public static final String NO_ANSWER = "no-answer";

  private static final int MOST_RULES = 100;

  public SelectionRules {
    rules = List.copyOf(rules);
    if (rules.size() > MOST_RULES) {
      throw GraftException.usage("%d select rules; at most %d", rules.size(), MOST_RULES);
    }
    rules.forEach(SelectionRules::check);
    long drops = rules.stream().filter(rule -> rule.kind() == Kind.DROP).count();
    if (drops > 1) {
      throw GraftException.usage(
          "%d near-duplicate rules; state one, with the greater distance", drops);
    }
  }

  /**
   * The rules of a spec, and where rows of earlier dates are excluded the rule for these, just
   * before that on near-duplicates: a candidate near both counts as near a published row.
   */
  public static SelectionRules of(PipelineSpec spec) {
    List<SelectRule> rules = new ArrayList<>();
    for (SelectRule rule : spec.select()) {
      if (rule.kind() == Kind.DROP && spec.augment().excludePublished()) {
        rules.add(new SelectRule(rule.scorer(), Kind.PUBLISHED, rule.threshold(), rule.line()));
      }
      rules.add(rule);
    }
    return new SelectionRules(rules);
  }

  private static boolean looksAtTheWholeSet(SelectRule rule) {
    return rule.kind() == Kind.DROP || rule.kind() == Kind.PUBLISHED;
  }

  private static void check(SelectRule rule) {
    boolean wholeSet = Scorers.get(rule.scorer()).wholeSet();
    if (wholeSet != looksAtTheWholeSet(rule)) {
      throw GraftException.usage(
          "line %d: rule \"%s\" cannot work: %s",
          rule.line(),
          rule.reason(),
          wholeSet
              ? rule.scorer() + " has no value per row; write drop: true"
              : rule.scorer() + " marks nothing to drop; write min, max or top");
    }
    boolean number = rule.threshold() == null || rule.threshold() instanceof Fixed;
    if (!number && (looksAtTheWholeSet(rule) || rule.kind() == Kind.TOP)) {
      throw GraftException.usage(
          "line %d: rule \"%s\" takes a number, not a percentile", rule.line(), rule.reason());
    }
  }

  /** Row scorers whose columns the rules read, by name. */
  public List<String> scorers() {
    return rules.stream()
        .filter(rule -> !looksAtTheWholeSet(rule))
        .map(SelectRule::scorer)
        .distinct()
        .sorted()
        .toList();
  }

  /** What the rules declare that scorers look for, by scorer. */
  public SortedMap<String, List<String>> terms() {
    SortedMap<String, List<String>> terms = new TreeMap<>();
    for (SelectRule rule : rules) {
      if (!rule.terms().isEmpty()) {
        terms.put(rule.scorer(), rule.terms());
      }
    }
    return terms;
  }

  /** Position of the near-duplicate rule. */
  public OptionalInt drop() {
    return first(Kind.DROP);
  }

  /** Position of the rule on rows published on earlier dates. */
  public OptionalInt published() {
    return first(Kind.PUBLISHED);
  }

  private OptionalInt first(Kind kind) {
    return IntStream.range(0, rules.size()).filter(i -> rules.get(i).kind() == kind).findFirst();
  }

  /** The declared distance of near-duplicates, or the scheme's own. */
  public double dropRadius(SignatureScheme scheme) {
    SelectRule rule = rules.get(drop().orElseThrow());
    boolean declared = rule.threshold() instanceof Fixed fixed && fixed.value() >= 0;
    return declared ? ((Fixed) rule.threshold()).value() : scheme.defaultRadius();
  }

  /** Positions of the TOP rules. */
  public int[] tops() {
    return IntStream.range(0, rules.size()).filter(i -> rules.get(i).kind() == Kind.TOP).toArray();
  }

  /** Rows that the TOP rule at {@code position} keeps of every class. */
  public long topRows(int position) {
    return (long) ((Fixed) rules.get(position).threshold()).value();
  }

  /** The least number of rows that a TOP rule leaves of a class, if there is one. */
  public OptionalLong leastTop() {
    return Arrays.stream(tops()).mapToLong(this::topRows).min();
  }

  /**
   * The reason behind a verdict.
   *
   * @param verdict 0 for an accepted row, 1 + the rule's position, {@link #surplus()} or {@link
   *     #unanswered()}
   */
  public String reason(int verdict) {
    if (verdict == 0) {
      return "";
    }
    if (verdict == unanswered()) {
      return NO_ANSWER;
    }
    return verdict == surplus() ? SURPLUS : rules.get(verdict - 1).reason();
  }

  /** The verdict on rows that pass but are not needed. */
  public int surplus() {
    return rules.size() + 1;
  }

  /** The verdict on rows that are none: no rule has a say in it. */
  public int unanswered() {
    return rules.size() + 2;
  }

  /**
   * The bound of each rule, percentiles taken on real tune rows.
   *
   * @param tuneScores rounded columns of real tune rows by scorer
   */
  public double[] bounds(Map<String, float[]> tuneScores) {
    double[] bounds = new double[rules.size()];
    for (int i = 0; i < bounds.length; i++) {
      SelectRule rule = rules.get(i);
      if (rule.threshold() instanceof TunePercentile percentile) {
        bounds[i] = percentile(tuneScores.get(rule.scorer()), percentile.percentile());
      } else {
        bounds[i] = rule.threshold() instanceof Fixed fixed ? fixed.value() : Double.NaN;
      }
    }
    return bounds;
  }

  /**
   * What the rules that look at one row say, for every row.
   *
   * @param scores rounded columns by scorer
   * @param bounds of {@link #bounds}
   */
  public byte[] judge(int rows, Map<String, float[]> scores, double[] bounds) {
    byte[] verdicts = new byte[rows];
    for (int i = rules.size() - 1; i >= 0; i--) {
      Kind kind = rules.get(i).kind();
      if (kind == Kind.MIN || kind == Kind.MAX) {
        float[] column = scores.get(rules.get(i).scorer());
        long bound = ScoreScale.units(bounds[i]);
        for (int row = 0; row < rows; row++) {
          long score = ScoreScale.units(column[row]);
          if (kind == Kind.MIN ? score < bound : score > bound) {
            verdicts[row] = (byte) (i + 1);
          }
        }
      }
    }
    return verdicts;
  }

  /**
   * The nearest-rank percentile: the least value that so many percent of the values reach or fall
   * below.
   */
  private static double percentile(float[] values, double percentile) {
    if (values.length == 0) {
      throw GraftException.input("no real tune rows to take a percentile of");
    }
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percentile / 100 * sorted.length - 1e-9);
    return ScoreScale.round(sorted[Math.max(1, Math.min(sorted.length, rank)) - 1]);
  }

  /** Names of all reasons of rows that are some, in rule order, surplus last. */
  public List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    for (int verdict = 1; verdict <= surplus(); verdict++) {
      reasons.add(reason(verdict));
    }
    return reasons;
  }
}
