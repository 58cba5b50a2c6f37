/**
 * What a model is, apart from any engine: its definition ({@link dev.graft.model.ModelDefinition},
 * read by {@link dev.graft.model.DefinitionReader}), its family ({@link
 * dev.graft.model.ModelFamily}), and what a trained one can do ({@link dev.graft.model.Sampler},
 * {@link dev.graft.model.Classifier}).
 *
 * <p>A new family is a package beside {@code vae} with a {@link dev.graft.model.ModelFamily}, a
 * schema {@code schema/model/<name>.json} and a line in {@link dev.graft.model.ModelFamilies}; its
 * test extends {@code ModelFamilyContract}.
 */
package dev.graft.model;
