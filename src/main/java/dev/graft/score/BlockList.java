package dev.graft.score;

import dev.graft.modality.text.BlockedTerms;
import dev.graft.modality.text.TextModality;
import java.util.List;

/** How many places of a text hold a word or phrase that the rule declares. */
final class BlockList implements ScorerFactory {
  private static final int MOST = 100;
  private static final Scorer.ScorerInfo INFO =
      new Scorer.ScorerInfo(
          "block-list", false, 0, MOST, "Words and phrases of the declared list in the text.");

  /** How it is registered. */
  static final ScorerFactory FACTORY = new BlockList();

  private BlockList() {}

  @Override
  public Scorer.ScorerInfo info() {
    return INFO;
  }

  @Override
  public String modality() {
    return TextModality.NAME;
  }

  @Override
  public boolean takesTerms() {
    return true;
  }

  @Override
  public Scorer create(ScoringContext context) {
    return create(context, List.of());
  }

  @Override
  public Scorer create(ScoringContext context, List<String> terms) {
    BlockedTerms blocked = new BlockedTerms(terms);
    return new TextScorer(INFO, text -> Math.min(MOST, blocked.in(text)), false);
  }
}
