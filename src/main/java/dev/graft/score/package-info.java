/**
 * Scorers: one per file, registered in {@link dev.graft.score.Scorers}. A scorer adds a column and
 * decides nothing. What several need, the judge's view and the nearest real rows, is found once for
 * a batch by {@link dev.graft.score.ScoringBatch}.
 */
package dev.graft.score;
