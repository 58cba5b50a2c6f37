package dev.graft.select;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/** Decides the candidates of one class: duplicates, TOP rules, quota. */
public final class ClassSelection {
  private final SelectionRules rules;

  public ClassSelection(SelectionRules rules) {
    this.rules = rules;
  }

  /**
   * The outcome of one class.
   *
   * @param rows with final verdicts, by index
   * @param counts rows by verdict: 0 accepted, then by rule, surplus, last those that are none
   * @param collapsed rows dropped from over-full buckets
   */
  public record Decided(List<JudgedRows> rows, long[] counts, long collapsed) {}

  /**
   * @param notes everything known of the class's candidates, in any order
   * @param wanted rows to accept at most
   */
  public Decided decide(List<SelectionNote> notes, long wanted) {
    List<JudgedRows> ranges = withDuplicates(notes);
    for (int top : rules.tops()) {
      keepTop(ranges, top);
    }
    long left = wanted;
    long[] counts = new long[rules.unanswered() + 1];
    for (JudgedRows range : ranges) {
      for (int row = 0; row < range.size(); row++) {
        if (range.verdicts()[row] == 0) {
          if (left == 0) {
            range.verdicts()[row] = (byte) rules.surplus();
          } else {
            left--;
          }
        }
        counts[range.verdicts()[row]]++;
      }
    }
    long collapsed =
        marks(notes).flatMapToLong(mark -> Arrays.stream(mark.collapsed())).distinct().count();
    return new Decided(ranges, counts, collapsed);
  }

  /** Copies of the ranges, by index, with the verdicts of the rules on near-duplicates taken in. */
  public List<JudgedRows> withDuplicates(List<SelectionNote> notes) {
    List<JudgedRows> ranges = new ArrayList<>();
    for (SelectionNote note : notes) {
      if (note instanceof JudgedRows range) {
        ranges.add(
            new JudgedRows(
                range.label(),
                range.round(),
                range.firstIndex(),
                range.count(),
                range.offsets(),
                range.ids(),
                range.verdicts().clone(),
                range.ranked()));
      }
    }
    ranges.sort(Comparator.comparingLong(JudgedRows::firstIndex));
    refuse(ranges, rules.published(), orders(notes, DuplicateMarks::published));
    refuse(ranges, rules.drop(), orders(notes, DuplicateMarks::orders));
    return ranges;
  }

  private static long[] orders(List<SelectionNote> notes, Function<DuplicateMarks, long[]> which) {
    return marks(notes)
        .flatMapToLong(mark -> Arrays.stream(which.apply(mark)))
        .distinct()
        .sorted()
        .toArray();
  }

  /** Takes the verdict of a rule on marked rows in, where no rule before it has refused them. */
  private static void refuse(List<JudgedRows> ranges, OptionalInt rule, long[] marked) {
    if (marked.length == 0) {
      return;
    }
    int verdict = rule.orElseThrow() + 1;
    for (JudgedRows range : ranges) {
      for (int row = 0; row < range.size(); row++) {
        byte before = range.verdicts()[row];
        if ((before == 0 || before > verdict)
            && Arrays.binarySearch(marked, range.order(row)) >= 0) {
          range.verdicts()[row] = (byte) verdict;
        }
      }
    }
  }

  private static Stream<DuplicateMarks> marks(List<SelectionNote> notes) {
    return notes.stream().filter(DuplicateMarks.class::isInstance).map(DuplicateMarks.class::cast);
  }

  /**
   * Refuses all but the best rows that the rules before {@code top} have left; ties go to the
   * earlier.
   */
  private void keepTop(List<JudgedRows> ranges, int top) {
    record Place(int range, int row, float score) {}
    int column = Arrays.binarySearch(rules.tops(), top);
    boolean descending =
        dev.graft.score.Scorers.get(rules.rules().get(top).scorer()).info().higherIsBetter();
    List<Place> competing = new ArrayList<>();
    for (int i = 0; i < ranges.size(); i++) {
      byte[] verdicts = ranges.get(i).verdicts();
      for (int row = 0; row < verdicts.length; row++) {
        boolean none = verdicts[row] == rules.unanswered();
        if (verdicts[row] == 0 || (verdicts[row] > top && !none)) {
          competing.add(new Place(i, row, ranges.get(i).ranked()[column][row]));
        }
      }
    }
    Comparator<Place> byScore = Comparator.comparingDouble(Place::score);
    competing.sort(descending ? byScore.reversed() : byScore);
    for (int i = (int) Math.min(rules.topRows(top), competing.size()); i < competing.size(); i++) {
      Place place = competing.get(i);
      ranges.get(place.range()).verdicts()[place.row()] = (byte) (top + 1);
    }
  }
}
