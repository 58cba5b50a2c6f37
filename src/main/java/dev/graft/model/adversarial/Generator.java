package dev.graft.model.adversarial;

/**
 * A generator to be trained.
 *
 * @param latent length of its noise
 */
public record Generator(GeneratorNetwork network, int latent) {}
