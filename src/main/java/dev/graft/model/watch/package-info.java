/**
 * Whether a generator in training collapses: figures of drawn rows beside real ones, the alarms
 * that they can raise, and what is told of them.
 */
package dev.graft.model.watch;
