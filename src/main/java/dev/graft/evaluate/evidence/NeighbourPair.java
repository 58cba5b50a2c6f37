package dev.graft.evaluate.evidence;

/**
 * An accepted row and the real training row that is nearest to it.
 *
 * @param synthetic the accepted row
 * @param real its nearest training row
 * @param distance between them, values scaled to 0..1
 * @param closest whether it was chosen for being among the closest; a seeded draw otherwise
 */
public record NeighbourPair(Picture synthetic, Picture real, double distance, boolean closest) {}
