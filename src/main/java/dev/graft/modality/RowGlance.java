package dev.graft.modality;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A cheap look at rows by which sets of them are compared where no model can be asked, such as
 * during a training. Thread-safe, deterministic, and fixed for a schema: nothing in it is learnt.
 */
public interface RowGlance {
  /** Length of {@link #features}. */
  int dimension();

  /**
   * Coarse features of the row at {@code offset} of {@code values}, {@link #dimension} of them.
   * Euclidean distance between them means how unlike two rows are as a whole, not in their noise.
   */
  double[] features(byte[] values, int offset);

  /**
   * Variance of a feature that comes of noise in the single values of the row at {@code offset}, as
   * estimated from it; 0 where the modality knows none.
   */
  default double noise(byte[] values, int offset) {
    return 0;
  }

  /**
   * Within how many times the distance of a row to its third neighbour another one covers it, at
   * least 1: less where rows that have nothing in common are not twice as far.
   */
  default double reach() {
    return 2;
  }

  /**
   * The profiles that tell copies, their bytes over 255.
   *
   * @param rowSize bytes of a row
   */
  static RowGlance of(RowProfile profile, int rowSize) {
    return of(profile, rowSize, 2);
  }

  /**
   * The same.
   *
   * @param reach as {@link #reach}
   */
  static RowGlance of(RowProfile profile, int rowSize, double reach) {
    return new RowGlance() {
      @Override
      public double reach() {
        return reach;
      }

      @Override
      public int dimension() {
        return profile.length();
      }

      @Override
      public double[] features(byte[] values, int offset) {
        byte[] bytes = profile.of(Arrays.copyOfRange(values, offset, offset + rowSize));
        return IntStream.range(0, bytes.length)
            .mapToDouble(i -> (bytes[i] & 0xff) / 255.0)
            .toArray();
      }
    };
  }
}
