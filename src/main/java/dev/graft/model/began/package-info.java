/** Boundary equilibrium GAN: {@link dev.graft.model.began.BeganFamily}. */
package dev.graft.model.began;
