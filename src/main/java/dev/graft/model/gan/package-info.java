/**
 * Generative adversarial networks with the non-saturating loss: {@link
 * dev.graft.model.gan.GanFamily}.
 */
package dev.graft.model.gan;
