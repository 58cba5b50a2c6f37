package dev.graft.cli;

import dev.graft.ingest.sample.SampleData;
import dev.graft.spec.SpecFile.SampleDataSpec;
import java.nio.file.Path;

/** Makes a spec's sample data when its place is empty. */
final class SampleDataMaker {
  private SampleDataMaker() {}

  static boolean isThere(SampleDataSpec data) {
    return SampleData.isThere(Path.of(data.directory()));
  }

  static void make(SampleDataSpec data, Narrator narrator) {
    if (!isThere(data)) {
      narrator.note("making sample data in " + data.directory());
      SampleData.write(Path.of(data.directory()), data.kind(), data.seed(), data.perClass());
    }
  }
}
