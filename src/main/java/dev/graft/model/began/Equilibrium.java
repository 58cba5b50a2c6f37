package dev.graft.model.began;

import java.util.Map;

/**
 * The controller of a BEGAN (Berthelot, Schumm &amp; Metz 2017, section 3.4): with L(x) the
 * autoencoder's error of real images and L(G) that of drawn ones, k rises by lambda (gamma L(x) -
 * L(G)) after each step and stays in [0, 1]; M = L(x) + |gamma L(x) - L(G)| tells how far the
 * training has converged.
 *
 * @param gamma the wanted L(G) / L(x): less is sharper and less varied
 * @param lambda how fast k follows
 */
record Equilibrium(double gamma, double lambda) {
  static final String REAL = "train-real-error";
  static final String DRAWN = "train-drawn-error";

  /** k after a step. */
  double next(double k, double ofReal, double ofDrawn) {
    return Math.min(1, Math.max(0, k + lambda * (gamma * ofReal - ofDrawn)));
  }

  /** The convergence measure M. */
  double measure(double ofReal, double ofDrawn) {
    return ofReal + Math.abs(gamma * ofReal - ofDrawn);
  }

  /** M and the k that a step was made with, as figures. */
  Map<String, Double> figures(double k, double ofReal, double ofDrawn) {
    return Map.of("train-k", k, "train-convergence", measure(ofReal, ofDrawn));
  }
}
