package dev.graft.select;

/**
 * Candidates that have an earlier near-duplicate.
 *
 * @param orders {@link OrderKey} of each, ascending
 * @param collapsed those of {@code orders} that were found in an over-full bucket, ascending
 */
public record DuplicateMarks(long[] orders, long[] collapsed) implements SelectionNote {}
