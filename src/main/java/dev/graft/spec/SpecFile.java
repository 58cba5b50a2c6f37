package dev.graft.spec;

import java.util.Optional;

/**
 * A spec file, read.
 *
 * @param spec what it declares
 * @param sampleData the data to make first, if the spec says so
 * @param limits of one launch
 * @param study what {@code graft study} compares, if the spec says so
 */
public record SpecFile(
    PipelineSpec spec,
    Optional<SampleDataSpec> sampleData,
    LaunchLimits limits,
    Optional<StudySpec> study) {

  /**
   * Sample data that is made when its place is empty.
   *
   * @param directory absolute; the source's {@code path}
   * @param kind registered kind, such as {@code shapes}
   * @param perClass records of each class
   * @param seed of the drawing
   */
  public record SampleDataSpec(String directory, String kind, int perClass, long seed) {}
}
