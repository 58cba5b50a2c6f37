package dev.graft.evaluate.quality;

import dev.graft.evaluate.Figure;

/**
 * One metric of one group, always at the same number of rows a side.
 *
 * @param before all candidates against real TEST
 * @param after accepted candidates against real TEST
 * @param realVsReal real TUNE against real TEST: what unseen real rows reach
 */
public record Comparison(Figure before, Figure after, Figure realVsReal) {}
