/** One file per source format, and what they share. */
package dev.graft.ingest.format;
