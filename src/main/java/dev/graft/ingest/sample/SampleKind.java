package dev.graft.ingest.sample;

import java.io.IOException;
import java.nio.file.Path;

/** One form of sample data. */
interface SampleKind {
  String name();

  /** Writes the dataset into an empty folder. */
  void write(Path directory, long seed, int perClass) throws IOException;
}
