package dev.graft.evaluate.quality;

import java.util.List;

/**
 * Every metric, over all rows and per class.
 *
 * @param overall over all rows
 * @param perClass in class order
 */
public record QualityFigures(GroupFigures overall, List<GroupFigures> perClass) {
  public QualityFigures {
    perClass = List.copyOf(perClass);
  }

  /** The same figures with metrics in this order, which files with sorted keys do not keep. */
  public QualityFigures ordered(List<String> metrics) {
    return new QualityFigures(
        overall.ordered(metrics), perClass.stream().map(group -> group.ordered(metrics)).toList());
  }
}
