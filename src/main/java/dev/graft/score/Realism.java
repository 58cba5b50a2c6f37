package dev.graft.score;

/**
 * How near a row lies to real rows of its class, as real rows lie to each other: the median over
 * real tune rows of the distance to the 5th nearest reference of the class, divided by the row's
 * own distance to its 5th nearest, in judge features:
 *
 * <pre>realism(x) = median{t in tune of class c} d5(t) / d5(x)</pre>
 *
 * About 1 for a usual real row, less for a row far from all real ones. After the realism score of
 * Kynkäänniemi et al. 2019, "Improved Precision and Recall Metric for Assessing Generative Models",
 * with one radius per class, so that a single outlier among the references cannot vouch for a row.
 */
final class Realism implements Scorer {
  static final ScorerInfo INFO =
      new ScorerInfo(
          "realism",
          true,
          0,
          RelativeDistance.MOST,
          "Usual distance of a real row to its 5th nearest real row of the class, divided by this"
              + " row's (judge features); 1 is usual, less is less real.");

  /** How it is made and registered. */
  static final ScorerFactory FACTORY =
      new ScorerFactory() {
        @Override
        public ScorerInfo info() {
          return INFO;
        }

        @Override
        public Scorer create(ScoringContext context) {
          return new Realism(context.neighbourhood());
        }
      };

  private final Neighbourhood neighbourhood;

  private Realism(Neighbourhood neighbourhood) {
    this.neighbourhood = neighbourhood;
  }

  @Override
  public ScorerInfo info() {
    return INFO;
  }

  @Override
  public float[] score(ScoringBatch batch) {
    int last = Neighbourhood.NEIGHBOURS;
    float[] nearest = batch.nearest(neighbourhood);
    float[] column = new float[batch.size()];
    for (int row = 0; row < column.length; row++) {
      column[row] =
          RelativeDistance.ratio(
              neighbourhood.typical(batch.label(row), last), nearest[row * last + last - 1]);
    }
    return column;
  }
}
