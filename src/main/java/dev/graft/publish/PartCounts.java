package dev.graft.publish;

import java.util.Map;

/**
 * The rows of one part.
 *
 * @param rows all of them
 * @param synthetic those whose {@code _graft.is_synthetic} is true
 * @param files how many there are
 * @param classes rows by class name; the class id where there is no name, {@code none} without
 *     label; a row of several labels counts for each
 */
public record PartCounts(long rows, long synthetic, int files, Map<String, Long> classes) {}
