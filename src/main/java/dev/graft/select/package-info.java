/**
 * Selection: declared rules over score columns, near-duplicates over the whole set, quotas per
 * class. Plain functions of sets: no answer depends on the order in which candidates arrive.
 */
package dev.graft.select;
