/** Choosing the settings of a model: where to look, what is tried for how long, what came of it. */
package dev.graft.model.tune;
