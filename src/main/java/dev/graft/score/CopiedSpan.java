package dev.graft.score;

import dev.graft.modality.text.SpanIndex;

/**
 * How much of a text stands at one stretch in a real training text: the length of the longest run
 * of characters that it shares with any of the references, over its own. The references are a fixed
 * seeded subset; the check against every training row is made on accepted rows later.
 */
final class CopiedSpan {
  /** How it is made and registered. */
  static final ScorerFactory FACTORY =
      TextScorer.factory(
          new Scorer.ScorerInfo(
              "copied-span",
              false,
              0,
              1,
              "Share of the text that stands at one stretch in a real training text; 1 is a copy."),
          references -> new SpanIndex(references)::longestShare);

  private CopiedSpan() {}
}
