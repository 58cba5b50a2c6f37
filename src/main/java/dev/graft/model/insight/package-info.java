/**
 * What a trained generator has learnt: the directions of its latent that matter, and what they do.
 */
package dev.graft.model.insight;
