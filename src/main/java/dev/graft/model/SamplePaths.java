package dev.graft.model;

import dev.graft.data.Condition;
import dev.graft.data.LabelledRows;
import dev.graft.model.Derivation.ClassMixture;
import dev.graft.model.Derivation.Interpolation;
import dev.graft.model.Sampler.Controls;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Paths through what a generator can make, as samples at equal distances along them, both ends
 * included: for pictures in reports and for measurements. Distances are those of the samples, for a
 * generator may leap where its noise goes on steadily.
 */
public final class SamplePaths {
  private SamplePaths() {}

  /**
   * From one real row to another.
   *
   * @param from a single row
   * @param to a single row, of the same class or another
   * @param steps samples, at least 2
   * @param looks what tell equal distances, alike
   * @return quantised values, (steps, rowSize); the ends are the rows as the model renders them
   */
  public static byte[] betweenRows(
      DerivingSampler sampler,
      LabelledRows from,
      LabelledRows to,
      int steps,
      List<Looks> looks,
      Controls controls) {
    return EvenPlaces.along(
        steps,
        places -> {
          int[] same = new int[places.length];
          Derivation path = new Interpolation(from.select(same), to.select(same), places);
          return along(sampler, Condition.ofLabel(from.labels()[0]), path, 0, 0, controls);
        },
        looks);
  }

  /**
   * From a sample of one class to that of another which is drawn with the same noise.
   *
   * @param seed of the noise
   * @param index of the noise
   * @param steps samples, at least 2
   * @param looks what tell equal distances, alike
   * @return quantised values, (steps, rowSize)
   */
  public static byte[] betweenClasses(
      DerivingSampler sampler,
      int from,
      int to,
      long seed,
      long index,
      int steps,
      List<Looks> looks,
      Controls controls) {
    return EvenPlaces.along(
        steps,
        places -> {
          int[] beginnings = new int[places.length];
          int[] ends = new int[places.length];
          Arrays.fill(beginnings, from);
          Arrays.fill(ends, to);
          Derivation path = new ClassMixture(beginnings, ends, places);
          return along(sampler, Condition.ofLabel(from), path, seed, index, controls);
        },
        looks);
  }

  private static byte[] along(
      DerivingSampler sampler,
      Condition condition,
      Derivation path,
      long seed,
      long index,
      Controls controls) {
    ByteArrayOutputStream samples = new ByteArrayOutputStream();
    for (int first = 0; first < path.count(); first += sampler.batch()) {
      int end = Math.min(path.count(), first + sampler.batch());
      long[] indices = new long[end - first];
      Arrays.fill(indices, index);
      samples.writeBytes(
          sampler.derive(condition, path.slice(first, end), seed, indices, controls));
    }
    return samples.toByteArray();
  }
}
