package dev.graft.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the real data is.
 *
 * @param format registered source format: {@code idx}, {@code class-folders}, {@code parquet}
 * @param locations the format's own keys ({@code images} and {@code labels}, or {@code path}),
 *     absolute
 * @param testLocations the same keys of an official test set; empty when there is none
 * @param classes declared class names in id order; empty to take the source's own
 * @param allowSynthetic whether rows that say they are synthetic are taken; no stage learns from
 *     them, measures with them or publishes them as real
 * @param maxBadRecords largest tolerated share of rejected records, 0 to 1
 * @param limits bounds on one record
 */
public record SourceSpec(
    String format,
    Map<String, String> locations,
    Map<String, String> testLocations,
    List<String> classes,
    boolean allowSynthetic,
    double maxBadRecords,
    RecordLimits limits)
    implements Serializable {
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

  public boolean hasOfficialTest() {
    return !testLocations.isEmpty();
  }

  /** The location under {@code key}, if declared. */
  public Optional<String> location(String key) {
    return Optional.ofNullable(locations.get(key));
  }
}
