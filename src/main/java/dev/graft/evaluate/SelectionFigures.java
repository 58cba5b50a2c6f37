package dev.graft.evaluate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What AUGMENT generated and kept.
 *
 * @param classes in class order
 */
public record SelectionFigures(List<ClassSelection> classes) {
  public SelectionFigures {
    classes = List.copyOf(classes);
  }

  /**
   * @param name of the class
   * @param wanted accepted rows asked for
   * @param candidates drawn and scored, over all rounds
   * @param accepted kept
   * @param rejections how many were refused, by reason
   */
  public record ClassSelection(
      String name, long wanted, long candidates, long accepted, Map<String, Long> rejections) {
    public ClassSelection {
      rejections = java.util.Collections.unmodifiableMap(new TreeMap<>(rejections));
    }

    /** Share of the wanted rows that are missing. */
    public double shortfall() {
      return wanted == 0 ? 0 : Math.max(0, 1 - (double) accepted / wanted);
    }

    /** Share of the candidates that were kept. */
    public Figure acceptance() {
      return share(accepted, candidates);
    }
  }

  public long wanted() {
    return classes.stream().mapToLong(ClassSelection::wanted).sum();
  }

  public long candidates() {
    return classes.stream().mapToLong(ClassSelection::candidates).sum();
  }

  public long accepted() {
    return classes.stream().mapToLong(ClassSelection::accepted).sum();
  }

  /** Share of all candidates that were kept. */
  public Figure acceptance() {
    return share(accepted(), candidates());
  }

  private static Figure share(long part, long whole) {
    return whole == 0
        ? Figure.undefined("there are no candidates")
        : Figure.of((double) part / whole);
  }
}
