/**
 * AUGMENT: from a target and a trained generator to candidates and their decisions. {@link
 * dev.graft.generate.GenerationPlan} says how many; {@link dev.graft.generate.GenerateSamples} and
 * {@link dev.graft.generate.ScoreSamples} are the transforms for other pipelines; {@link
 * dev.graft.generate.AugmentStage} fuses drawing, scoring and writing, and decides on keys.
 */
package dev.graft.generate;
