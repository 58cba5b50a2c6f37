package dev.graft.evaluate.utility;

import dev.graft.data.LabelledRows;

/**
 * The rows of a utility comparison.
 *
 * @param train real TRAIN rows
 * @param tune real TUNE rows, by which the learner may choose
 * @param test real TEST rows, read to measure alone
 * @param synthetic accepted rows
 */
public record UtilityRows(
    LabelledRows train, LabelledRows tune, LabelledRows test, LabelledRows synthetic) {}
