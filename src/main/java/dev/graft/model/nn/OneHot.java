package dev.graft.model.nn;

import dev.graft.data.DatasetSchema;

/** Classes as vectors with a single one. Unlabelled rows are all of one class. */
public final class OneHot {
  private OneHot() {}

  /** Length of the vectors of a dataset. */
  public static int length(DatasetSchema schema) {
    return Math.max(1, schema.classes().size());
  }

  /** The vectors of the rows at {@code positions}, (positions, classes). */
  public static float[] of(int[] labels, int[] positions, int classes) {
    float[] vectors = new float[positions.length * classes];
    for (int i = 0; i < positions.length; i++) {
      vectors[i * classes + Math.max(0, labels[positions[i]])] = 1;
    }
    return vectors;
  }
}
