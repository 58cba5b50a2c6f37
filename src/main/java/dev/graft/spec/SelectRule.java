package dev.graft.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.List;

/**
 * One selection rule over one score column. A candidate that fails any rule is rejected with the
 * reason {@code scorer:kind}, that of the first rule it fails.
 *
 * @param scorer registered scorer whose column the rule reads
 * @param kind how the rule decides
 * @param threshold bound of MIN and MAX; {@code k} of TOP; the declared distance of DROP and
 *     PUBLISHED
 * @param terms digests of the words that the scorer looks for, sorted; not written where there are
 *     none
 * @param line line in the spec, for messages; 0 when not from a file
 */
public record SelectRule(
    String scorer,
    Kind kind,
    Threshold threshold,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> terms,
    @JsonIgnore int line)
    implements Serializable {
  public SelectRule {
    terms = List.copyOf(terms);
  }

  /** A rule on a scorer that looks for no words. */
  public SelectRule(String scorer, Kind kind, Threshold threshold, int line) {
    this(scorer, kind, threshold, List.of(), line);
  }

  /** How a rule decides. */
  public enum Kind {
    /** Keep rows whose score is at least the threshold. */
    MIN,
    /** Keep rows whose score is at most the threshold. */
    MAX,
    /** Keep the {@code k} best rows of every class. */
    TOP,
    /** Drop what the scorer marks, such as all but the first of near-duplicates. */
    DROP,
    /**
     * Drop what is near a synthetic row published on an earlier date. Declared by {@code
     * augment.exclude-published}, not by a rule of {@code select}.
     */
    PUBLISHED
  }

  /** A bound: a number, or a percentile of the same score on real tune rows. */
  public sealed interface Threshold extends Serializable {}

  /** A number as declared. */
  public record Fixed(double value) implements Threshold {}

  /**
   * A percentile of the score over the real TUNE part: {@code tune.p05} is 5.
   *
   * @param percentile 0 to 100
   */
  public record TunePercentile(double percentile) implements Threshold {
    /** As a spec writes it, such as {@code tune.p05}. */
    public String text() {
      return "tune.p" + (percentile < TWO_DIGITS ? "0" : "") + DecimalText.of(percentile);
    }

    private static final int TWO_DIGITS = 10;
  }

  /** The reason under which a rejection is counted. */
  public String reason() {
    return scorer + ":" + kind.name().toLowerCase(java.util.Locale.ROOT);
  }
}
