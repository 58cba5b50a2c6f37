/** Several generators as one: {@link dev.graft.model.ensemble.EnsembleFamily}. */
package dev.graft.model.ensemble;
