package dev.graft.evaluate.quality;

import dev.graft.data.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Seeded choice of the rows of one set that metrics look at. Smaller subsets are prefixes of larger
 * ones, so any two sets can be compared at equal size.
 *
 * @param rows chosen positions in the set, ascending: what has to be loaded
 * @param overall positions in {@code rows} for figures over all classes, in seeded order
 * @param perClass positions in {@code rows} for figures of each class, in seeded order
 */
public record SubsetPlan(int[] rows, int[] overall, List<int[]> perClass) {
  public SubsetPlan {
    perClass = List.copyOf(perClass);
  }

  /**
   * @param labels class ids of the whole set, in id order
   * @param classes number of classes
   * @param most most rows over all classes
   * @param mostPerClass most rows of one class
   * @param seed of the run
   * @param purpose tells the sets apart
   */
  public static SubsetPlan of(
      int[] labels, int classes, int most, int mostPerClass, long seed, long purpose) {
    int[] overall =
        Arrays.copyOf(
            CounterRandom.of(seed, purpose, -1).permutation(labels.length),
            Math.min(most, labels.length));
    List<int[]> perClass = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      int[] members = positionsOf(labels, c);
      int[] order = CounterRandom.of(seed, purpose, c).permutation(members.length);
      int[] chosen = new int[Math.min(mostPerClass, members.length)];
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = members[order[i]];
      }
      perClass.add(chosen);
    }
    int[] rows = union(labels.length, overall, perClass);
    return new SubsetPlan(
        rows,
        positionsIn(rows, overall),
        perClass.stream().map(chosen -> positionsIn(rows, chosen)).toList());
  }

  private static int[] positionsOf(int[] labels, int label) {
    int[] positions = new int[labels.length];
    int count = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == label) {
        positions[count++] = i;
      }
    }
    return Arrays.copyOf(positions, count);
  }

  private static int[] union(int size, int[] overall, List<int[]> perClass) {
    boolean[] chosen = new boolean[size];
    for (int row : overall) {
      chosen[row] = true;
    }
    for (int[] group : perClass) {
      for (int row : group) {
        chosen[row] = true;
      }
    }
    int[] rows = new int[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (chosen[i]) {
        rows[count++] = i;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  private static int[] positionsIn(int[] rows, int[] wanted) {
    return Arrays.stream(wanted).map(row -> Arrays.binarySearch(rows, row)).toArray();
  }
}
