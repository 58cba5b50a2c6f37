/** Classical augmentation as a model: {@link dev.graft.model.classical.ClassicalFamily}. */
package dev.graft.model.classical;
