package dev.graft.evaluate.quality;

import dev.graft.evaluate.Figure;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How much of the real test rows the members of an ensemble cover, each alone and all together, by
 * accepted rows and always at the same number of rows.
 *
 * @param rows rows on each side of every figure
 * @param members in the order of the definition
 * @param whole all accepted rows
 * @param real what unseen real rows (TUNE) reach in the same comparison
 */
public record EnsembleFigures(
    int rows, List<MemberFigures> members, MemberFigures whole, MemberFigures real) {
  public EnsembleFigures {
    members = List.copyOf(members);
  }

  /**
   * What one member, or the whole, reaches.
   *
   * @param name of the member's definition; {@code ensemble} for the whole
   * @param weight how often it is drawn from, of 1
   * @param accepted rows that selection has kept
   * @param coverage of real test rows
   * @param precision of accepted rows
   * @param recall of real test rows
   */
  public record MemberFigures(
      String name, double weight, int accepted, Figure coverage, Figure precision, Figure recall) {}

  /** Whether the whole covers more than its best member, in one sentence. */
  public String statement() {
    Optional<MemberFigures> best =
        members.stream()
            .filter(member -> member.coverage().isDefined())
            .max(Comparator.comparingDouble(member -> member.coverage().value()));
    if (best.isEmpty()
        || !whole.coverage().isDefined()
        || members.stream().anyMatch(member -> !member.coverage().isDefined())) {
      return "Whether the ensemble covers more than its best member cannot be said: a figure is"
          + " missing.";
    }
    boolean more = whole.coverage().value() > best.get().coverage().value();
    return String.format(
        Locale.ROOT,
        "The ensemble covers %s its best member: %.3f of the real test rows, and %s alone %.3f.",
        more ? "more than" : "no more than",
        whole.coverage().value(),
        best.get().name(),
        best.get().coverage().value());
  }
}
