/**
 * Trained models as immutable, content-addressed versions ({@link
 * dev.graft.model.store.ModelStore}), and those that this JVM has open ({@link
 * dev.graft.model.store.OpenModels}).
 */
package dev.graft.model.store;
