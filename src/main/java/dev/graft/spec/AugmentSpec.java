package dev.graft.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What to generate.
 *
 * @param target how many accepted synthetic rows per class
 * @param controls the model's own knobs, such as {@code truncation}; names are checked against the
 *     family
 * @param oversample candidates drawn in the first round per accepted row wanted, at least 1
 * @param cap most candidates drawn per accepted row wanted, over all rounds
 * @param rounds generation rounds, 1 to 3: the first and its top-ups
 * @param excludePublished whether candidates near a synthetic row published on an earlier date are
 *     left out; not written where it is false, so that specs without it keep their digest
 * @param where which classes get more of the rows than others; null for none
 * @param mode what samples are made from beside the model; null, and not written, where they are
 *     drawn from the model alone
 * @param wording controls whose values are texts; not written where there are none
 * @param minRows real train rows below which a class gets no synthetic rows unless {@code target}
 *     names it; 0, and not written, where every class gets some
 * @param softLabels whether synthetic rows have the judge's probabilities of all classes beside
 *     their class; not written where it is false
 */
public record AugmentSpec(
    Target target,
    Map<String, Double> controls,
    double oversample,
    double cap,
    int rounds,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean excludePublished,
    @JsonInclude(JsonInclude.Include.NON_NULL) Where where,
    @JsonInclude(JsonInclude.Include.NON_NULL) GenerationMode mode,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, List<String>> wording,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int minRows,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean softLabels)
    implements Serializable {
  public static final int MAX_ROUNDS = 3;

  public AugmentSpec {
    controls = Map.copyOf(controls);
    wording = Map.copyOf(wording);
  }

  /** With rows for every class, which have no label but that. */
  public AugmentSpec(
      Target target,
      Map<String, Double> controls,
      double oversample,
      double cap,
      int rounds,
      boolean excludePublished,
      Where where,
      GenerationMode mode,
      Map<String, List<String>> wording) {
    this(
        target,
        controls,
        oversample,
        cap,
        rounds,
        excludePublished,
        where,
        mode,
        wording,
        0,
        false);
  }

  /** With controls that are numbers alone. */
  public AugmentSpec(
      Target target,
      Map<String, Double> controls,
      double oversample,
      double cap,
      int rounds,
      boolean excludePublished,
      Where where,
      GenerationMode mode) {
    this(target, controls, oversample, cap, rounds, excludePublished, where, mode, Map.of());
  }

  /** Samples drawn from the model alone, spread over classes as the target says. */
  public AugmentSpec(
      Target target,
      Map<String, Double> controls,
      double oversample,
      double cap,
      int rounds,
      boolean excludePublished) {
    this(target, controls, oversample, cap, rounds, excludePublished, null, null);
  }

  /** Where rows are aimed at. */
  public enum Where {
    /** Classes that the judge confuses with others on TUNE rows. */
    CONFUSIONS,
    /** Classes, and real rows to derive from, where TRAIN rows cover TUNE rows least. */
    UNCOVERED
  }

  /** How many synthetic rows each class shall get. */
  public sealed interface Target extends Serializable {}

  /** One number of rows for every class, but for those that have their own. */
  public sealed interface RowsPerClass extends Target permits SyntheticPerClass, TotalPerClass {
    /** Of classes without a number of their own. */
    long rows();

    /** Numbers of some classes, by name. */
    Map<String, Long> classes();

    /** The number of one class. */
    default long of(String name) {
      return classes().getOrDefault(name, rows());
    }
  }

  /**
   * So many synthetic rows of every class.
   *
   * @param classes not written where there are none
   */
  public record SyntheticPerClass(
      long rows, @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> classes)
      implements RowsPerClass {
    public SyntheticPerClass {
      classes = Map.copyOf(classes);
    }

    public SyntheticPerClass(long rows) {
      this(rows, Map.of());
    }
  }

  /**
   * Real train rows and synthetic rows together reach this in every class.
   *
   * @param classes not written where there are none
   */
  public record TotalPerClass(
      long rows, @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> classes)
      implements RowsPerClass {
    public TotalPerClass {
      classes = Map.copyOf(classes);
    }

    public TotalPerClass(long rows) {
      this(rows, Map.of());
    }
  }

  /** Synthetic rows are this multiple of each class's real train rows. */
  public record Multiply(double factor) implements Target {}

  /**
   * Every class is filled up to the size of the largest.
   *
   * @param cap synthetic rows are at most this multiple of a class's real train rows
   */
  public record BalanceToLargest(double cap) implements Target {}
}
