/** Weights of an ensemble's members: {@link dev.graft.train.mixture.MixtureFit}. */
package dev.graft.train.mixture;
