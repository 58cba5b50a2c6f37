/** How two sets of vectors are compared, in trainings as in metrics: plain, deterministic maths. */
package dev.graft.model.compare;
