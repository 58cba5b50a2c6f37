/**
 * The little that families share on top of libtorch: the engine's set-up ({@link
 * dev.graft.model.nn.TorchEngine}), layers on named parameters, Adam, moving averages, safetensors,
 * and one training loop that can stop and go on at any checkpoint.
 *
 * <p>Rules for code here and in families: every array hangs off a manager that is closed; gradients
 * are recorded only inside {@link dev.graft.model.nn.GradMode#on}; random numbers come from {@code
 * CounterRandom}, never from libtorch; numbers inside a loss go through {@link
 * dev.graft.model.nn.Scalars}, whose arrays live until the backward pass is over.
 */
package dev.graft.model.nn;
