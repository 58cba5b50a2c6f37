/**
 * The pipeline spec: what the user declares, as records, and its reading. {@link
 * dev.graft.spec.PipelineSpecReader} turns a YAML file into a {@link dev.graft.spec.PipelineSpec}
 * with every default filled in and every path resolved, or tells all that is wrong with it.
 */
package dev.graft.spec;
