package dev.graft.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the real data is.
 *
 * @param format registered source format: {@code idx}, {@code class-folders}, {@code parquet}
 * @param locations the format's own keys ({@code images} and {@code labels}, or {@code path}),
 *     absolute; names of several columns have {@link #BETWEEN_COLUMNS} between them
 * @param testLocations the same keys of an official test set; empty when there is none
 * @param classes declared class names in id order; empty to take the source's own
 * @param allowSynthetic whether rows that say they are synthetic are taken; no stage learns from
 *     them, measures with them or publishes them as real
 * @param maxBadRecords largest tolerated share of rejected records, 0 to 1
 * @param limits bounds on one record
 * @param take how many rows of each class are used
 * @param mostLabelSets most sets of labels that may occur where records have several labels, and
 *     {@code classes} are labels; 0, and not written, where records have one
 */
public record SourceSpec(
    String format,
    Map<String, String> locations,
    Map<String, String> testLocations,
    List<String> classes,
    boolean allowSynthetic,
    double maxBadRecords,
    RecordLimits limits,
    Take take,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int mostLabelSets)
    implements Serializable {
  /** Between the names of the columns of one key. */
  public static final String BETWEEN_COLUMNS = "\t";

  /**
   * How much of the source a run uses: so many rows of each class, drawn by the run's seed. The
   * official test set is always taken whole.
   *
   * @param perClass distinct contents of a class; {@link #EVERYTHING} for all
   * @param classes other numbers for some classes, by name
   */
  public record Take(int perClass, Map<String, Integer> classes) implements Serializable {
    public static final int EVERYTHING = Integer.MAX_VALUE;
    public static final Take ALL = new Take(EVERYTHING, Map.of());

    public Take {
      classes = Map.copyOf(classes);
    }

    /** Whether nothing is left out. */
    public boolean all() {
      return equals(ALL);
    }

    public int of(String className) {
      return classes.getOrDefault(className, perClass);
    }

    /** The largest number of any class. */
    public int largest() {
      return classes.values().stream().reduce(perClass, Math::max);
    }
  }

  /**
   * @param maxPixels largest decoded size of one record, width times height
   * @param maxBytes largest stored size of one record
   */
  public record RecordLimits(long maxPixels, long maxBytes) implements Serializable {
    public static final RecordLimits DEFAULT = new RecordLimits(50_000_000, 32L << 20);
  }

  public SourceSpec {
    locations = Map.copyOf(locations);
    testLocations = Map.copyOf(testLocations);
    classes = List.copyOf(classes);
  }

  /** Of records of one label. */
  public SourceSpec(
      String format,
      Map<String, String> locations,
      Map<String, String> testLocations,
      List<String> classes,
      boolean allowSynthetic,
      double maxBadRecords,
      RecordLimits limits,
      Take take) {
    this(format, locations, testLocations, classes, allowSynthetic, maxBadRecords, limits, take, 0);
  }

  /** The whole source. */
  public SourceSpec(
      String format,
      Map<String, String> locations,
      Map<String, String> testLocations,
      List<String> classes,
      boolean allowSynthetic,
      double maxBadRecords,
      RecordLimits limits) {
    this(
        format, locations, testLocations, classes, allowSynthetic, maxBadRecords, limits, Take.ALL);
  }

  /** Whether a record has several labels, and a class is a set of them. */
  public boolean severalLabels() {
    return mostLabelSets > 0;
  }

  public boolean hasOfficialTest() {
    return !testLocations.isEmpty();
  }

  /** The location under {@code key}, if declared. */
  public Optional<String> location(String key) {
    return Optional.ofNullable(locations.get(key));
  }
}
