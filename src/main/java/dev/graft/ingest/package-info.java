/**
 * The first stage: real data in any registered source format becomes canonical Parquet shards,
 * split into train, tune and test. {@link dev.graft.ingest.ReadDataset} is usable alone.
 */
package dev.graft.ingest;
