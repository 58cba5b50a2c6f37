package dev.graft.evaluate.study;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.evaluate.utility.Interval;

/**
 * What a study says of one size. Arms and ratios are chosen by their mean accuracy on TUNE over
 * seeds; TEST tells what the choice is worth.
 *
 * @param best the most accurate of all arms on TUNE; of equals the one with fewer synthetic rows
 * @param recommendedRatio its ratio; 0 where it has no synthetic rows
 * @param arm the most accurate on TUNE of the arms with real and synthetic rows
 * @param ratio its ratio
 * @param overReal its gain on TEST over real rows alone, paired by seed; null without that arm
 * @param overClassical its gain over real rows that are augmented classically; null likewise
 * @param ownChoiceOverReal as {@code overReal}, where every seed takes the arm and the ratio that
 *     are best on its own TUNE rows, as somebody with these rows alone would
 * @param ownChoiceOverClassical the same over {@code classical}
 * @param beats whether the lower end of every interval over real and classical is above zero
 * @param words all of it in a sentence or two
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Verdict(
    String best,
    double recommendedRatio,
    String arm,
    double ratio,
    Interval overReal,
    Interval overClassical,
    Interval ownChoiceOverReal,
    Interval ownChoiceOverClassical,
    boolean beats,
    String words) {}
