package dev.graft.report;

import dev.graft.evaluate.evidence.Evidence;
import java.util.Optional;

/** One part of the page. */
interface Section {
  /** Anchor. */
  String id();

  /** Heading, also the entry in the table of contents. */
  String title();

  /** The content below the heading, or empty when there is nothing to show. */
  Optional<String> body(Evidence evidence);
}
