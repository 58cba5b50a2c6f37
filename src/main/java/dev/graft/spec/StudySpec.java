package dev.graft.spec;

import dev.graft.spec.EvaluateSpec.Choose;
import java.io.Serializable;
import java.util.List;

/**
 * What {@code graft study} compares: every arm at every size, ratio and seed.
 *
 * @param sizes real rows of each class that are all there is, ascending
 * @param ratios synthetic rows to publish for each real train row, ascending
 * @param seeds draws of the subset, from 2
 * @param arms training sets to compare, in the order of the spec
 * @param choose what every training chooses on TUNE rows
 */
public record StudySpec(
    List<Integer> sizes, List<Double> ratios, int seeds, List<String> arms, Choose choose)
    implements Serializable {
  public StudySpec {
    sizes = List.copyOf(sizes);
    ratios = List.copyOf(ratios);
    arms = List.copyOf(arms);
  }
}
