/**
 * Small made-up datasets, drawn from a seed, so that everything can be tried without a download.
 */
package dev.graft.ingest.sample;
