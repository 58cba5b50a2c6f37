/**
 * Classical augmentation as a model: {@link dev.graft.model.classical.ClassicalFamily} of images,
 * {@link dev.graft.model.classical.TextClassicalFamily} of texts.
 */
package dev.graft.model.classical;
