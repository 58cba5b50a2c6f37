/**
 * Classical augmentation as a model: {@link dev.graft.model.classical.ClassicalFamily} of images,
 * {@link dev.graft.model.classical.TextClassicalFamily} of texts, and {@link
 * dev.graft.model.classical.TextNearWordsFamily} with the words of a sentence encoder.
 */
package dev.graft.model.classical;
