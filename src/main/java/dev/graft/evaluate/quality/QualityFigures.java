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
}
