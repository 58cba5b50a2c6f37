package dev.graft.cli.init;

import java.util.List;

/** What a look at the rows of a dataset tells a first spec. */
sealed interface Facts permits PictureFacts, TextFacts {
  /** What rows are called: {@code pictures}. */
  String noun();

  /** Lines that say how rows become canonical: the section of their modality. */
  List<String> section();

  /** What is in the section {@code model}: a generator for them. */
  String model();

  /** Rules of {@code select}, a line each. */
  List<String> rules();

  /** Other ways to make samples, as a line of {@code augment}; empty for none. */
  String mode();

  /** Rows that were looked at. */
  int seen();

  /** Those of them that cannot be read. */
  int unreadable();
}
