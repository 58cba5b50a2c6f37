/** Wasserstein GAN with gradient penalty: {@link dev.graft.model.wgan.WganFamily}. */
package dev.graft.model.wgan;
