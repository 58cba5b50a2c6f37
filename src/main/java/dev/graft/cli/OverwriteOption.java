package dev.graft.cli;

import picocli.CommandLine.Option;

/** Whether a published place may be replaced. */
final class OverwriteOption {
  @Option(
      names = "--overwrite",
      description =
          "Publish although the place holds another result. The new one appears beside the old one"
              + " and is switched to; files under a reader never change.")
  private boolean overwrite;

  boolean isSet() {
    return overwrite;
  }
}
