package dev.graft.score;

/**
 * Marks rows that lie within a declared distance of an earlier candidate. Decided over the whole
 * set of candidates, so it has no column: selection finds the pairs by their signatures.
 */
final class NearDuplicate implements ScorerFactory {
  static final NearDuplicate FACTORY = new NearDuplicate();

  private static final Scorer.ScorerInfo INFO =
      new Scorer.ScorerInfo(
          "near-duplicate",
          false,
          0,
          1,
          "Whether an earlier candidate lies within the declared distance of this one.");

  private NearDuplicate() {}

  @Override
  public Scorer.ScorerInfo info() {
    return INFO;
  }

  @Override
  public boolean wholeSet() {
    return true;
  }

  @Override
  public Scorer create(ScoringContext context) {
    throw new UnsupportedOperationException("near-duplicate looks at the whole set, not at rows");
  }
}
