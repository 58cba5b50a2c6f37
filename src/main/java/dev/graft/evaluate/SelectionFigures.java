package dev.graft.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.model.ServiceUse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What AUGMENT generated and kept.
 *
 * @param classes in class order
 * @param service what the candidates have taken of a service; absent where none was asked
 */
public record SelectionFigures(
    List<ClassSelection> classes, @JsonInclude(JsonInclude.Include.NON_NULL) ServiceUse service) {
  public SelectionFigures {
    classes = List.copyOf(classes);
  }

  /** Of a generator that asks no service. */
  public SelectionFigures(List<ClassSelection> classes) {
    this(classes, null);
  }

  /**
   * @param name of the class
   * @param wanted accepted rows asked for
   * @param candidates drawn and scored, over all rounds
   * @param accepted kept
   * @param surplus passed every rule but were not needed
   * @param rejections how many a rule refused, by reason
   */
  public record ClassSelection(
      String name,
      long wanted,
      long candidates,
      long accepted,
      long surplus,
      Map<String, Long> rejections) {
    public ClassSelection {
      rejections = java.util.Collections.unmodifiableMap(new TreeMap<>(rejections));
    }

    /** Share of the wanted rows that are missing. */
    public double shortfall() {
      return wanted == 0 ? 0 : Math.max(0, 1 - (double) accepted / wanted);
    }

    /** Share of the candidates that passed every rule, needed or not. */
    public Figure acceptance() {
      return share(accepted + surplus, candidates);
    }
  }

  /** Over all classes. */
  public long wanted() {
    return classes.stream().mapToLong(ClassSelection::wanted).sum();
  }

  public long candidates() {
    return classes.stream().mapToLong(ClassSelection::candidates).sum();
  }

  public long accepted() {
    return classes.stream().mapToLong(ClassSelection::accepted).sum();
  }

  public long surplus() {
    return classes.stream().mapToLong(ClassSelection::surplus).sum();
  }

  /** Refused candidates of all classes, by reason. */
  public Map<String, Long> rejections() {
    Map<String, Long> sums = new TreeMap<>();
    classes.forEach(
        selection ->
            selection
                .rejections()
                .forEach((reason, count) -> sums.merge(reason, count, Long::sum)));
    return sums;
  }

  /** Share of all candidates that passed every rule, needed or not. */
  public Figure acceptance() {
    return share(accepted() + surplus(), candidates());
  }

  private static Figure share(long part, long whole) {
    return whole == 0
        ? Figure.undefined("there are no candidates")
        : Figure.of((double) part / whole);
  }
}
