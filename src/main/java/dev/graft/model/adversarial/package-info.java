/**
 * What generative adversarial networks have in common (Goodfellow et al. 2014): the two networks,
 * their training against each other, and drawing from the generator. Each family of them has a
 * folder of its own with its losses.
 */
package dev.graft.model.adversarial;
