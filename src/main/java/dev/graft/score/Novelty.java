package dev.graft.score;

/**
 * How far a row lies from the nearest real training row of its class, beside how far real tune rows
 * do:
 *
 * <pre>novelty(x) = d1(x) / median{t in tune of class c} d1(t)</pre>
 *
 * in judge features. 0 for a copy, about 1 for a row as new as a real unseen one. The training rows
 * are a fixed seeded subset; the exact check against every training row is made on accepted rows
 * later.
 */
final class Novelty implements Scorer {
  static final ScorerInfo INFO =
      new ScorerInfo(
          "novelty",
          true,
          0,
          RelativeDistance.MOST,
          "Distance to the nearest real training row of the class, divided by the usual such"
              + " distance of unseen real rows (judge features); 0 is a copy.");

  /** How it is made and registered. */
  static final ScorerFactory FACTORY =
      new ScorerFactory() {
        @Override
        public ScorerInfo info() {
          return INFO;
        }

        @Override
        public Scorer create(ScoringContext context) {
          return new Novelty(context.neighbourhood());
        }
      };

  private final Neighbourhood neighbourhood;

  private Novelty(Neighbourhood neighbourhood) {
    this.neighbourhood = neighbourhood;
  }

  @Override
  public ScorerInfo info() {
    return INFO;
  }

  @Override
  public float[] score(ScoringBatch batch) {
    float[] nearest = batch.nearest(neighbourhood);
    float[] column = new float[batch.size()];
    for (int row = 0; row < column.length; row++) {
      column[row] =
          RelativeDistance.ratio(
              nearest[row * Neighbourhood.NEIGHBOURS], neighbourhood.typical(batch.label(row), 1));
    }
    return column;
  }
}
