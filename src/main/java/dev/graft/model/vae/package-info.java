/** Conditional convolutional variational autoencoders: {@link dev.graft.model.vae.VaeFamily}. */
package dev.graft.model.vae;
