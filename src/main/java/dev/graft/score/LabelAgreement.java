package dev.graft.score;

/**
 * The judge's probability of the class that the row was asked to be: p(label | row), from 0 to 1.
 * The judge has seen real rows only.
 */
final class LabelAgreement implements Scorer {
  static final ScorerInfo INFO =
      new ScorerInfo(
          "label-agreement",
          true,
          0,
          1,
          "Probability that the judge, trained on real rows only, gives to the requested class.");

  /** How it is made and registered. */
  static final ScorerFactory FACTORY =
      new ScorerFactory() {
        @Override
        public ScorerInfo info() {
          return INFO;
        }

        @Override
        public Scorer create(ScoringContext context) {
          return new LabelAgreement();
        }
      };

  @Override
  public ScorerInfo info() {
    return INFO;
  }

  @Override
  public float[] score(ScoringBatch batch) {
    float[] column = new float[batch.size()];
    for (int row = 0; row < column.length; row++) {
      int label = batch.label(row);
      column[row] = label < 0 ? 1 : batch.judged().probability(row, label);
    }
    return column;
  }
}
