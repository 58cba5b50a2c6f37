package dev.graft.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.model.Classifier.Prediction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScorersTest {
  private static final int FEATURES = 7;
  private static final int CLASSES = 2;

  @Test
  void distancesAreThoseOfASlowSearch() {
    Prediction reference = random(1, 700);
    ScoringContext context = context(reference, random(2, 60));
    Prediction rows = random(3, 20);
    int[] labels = labels(20);

    float[] found = context.neighbourhood().distances(rows, labels);

    for (int row = 0; row < 20; row++) {
      List<Double> all = new ArrayList<>();
      for (int r = 0; r < 700; r++) {
        if (r % CLASSES == labels[row]) {
          all.add(distance(rows, row, reference, r));
        }
      }
      all.sort(null);
      for (int k = 0; k < 5; k++) {
        assertThat((double) found[row * 5 + k]).isCloseTo(all.get(k), within(1e-4));
      }
    }
  }

  @Test
  void scoresDoNotDependOnTheBatch() {
    ScoringContext context = context(random(1, 1500), random(2, 60));
    Prediction rows = random(3, 33);
    for (Scorer scorer : scorers(context)) {
      float[] together = scorer.score(batch(rows, 0, 33));
      for (int row = 0; row < 33; row++) {
        assertThat(scorer.score(batch(rows, row, row + 1))[0]).isEqualTo(together[row]);
      }
    }
  }

  @Test
  void copyHasNoNoveltyAndOutlierNoRealism() {
    Prediction reference = random(1, 400);
    ScoringContext context = context(reference, random(2, 200));
    float[] novelty = Novelty.FACTORY.create(context).score(batch(reference, 0, 10));
    assertThat(novelty).containsOnly(0f);

    float[] far = new float[FEATURES];
    java.util.Arrays.fill(far, 50f);
    Prediction outlier = new Prediction(1, CLASSES, FEATURES, new float[] {1, 0}, far);
    float[] realism = Realism.FACTORY.create(context).score(batch(outlier, 0, 1));
    assertThat(realism[0]).isBetween(0f, 0.1f);
  }

  @Test
  void halfOfRealTuneRowsScoreAboveOneByCalibration() {
    ScoringContext context = context(random(1, 400), random(2, 400));
    for (ScorerFactory factory : List.of(Realism.FACTORY, Novelty.FACTORY)) {
      float[] scores = factory.create(context).score(context.tuneBatch());
      long above = 0;
      for (float score : scores) {
        above += score >= 1 ? 1 : 0;
      }
      assertThat(above / 400.0).isBetween(0.48, 0.52);
    }
  }

  @Test
  void labelAgreementIsTheJudgesProbabilityOfTheRequestedClass() {
    Prediction rows =
        new Prediction(2, CLASSES, FEATURES, new float[] {.25f, .75f, .1f, .9f}, new float[14]);
    float[] scores =
        LabelAgreement.FACTORY
            .create(null)
            .score(ScoringBatch.judged(new int[] {0, 1}, 1, new byte[2], rows));
    assertThat(scores).containsExactly(.25f, .9f);
  }

  @Test
  void zeroDistancesGiveNoNaN() {
    assertThat(RelativeDistance.ratio(0, 0)).isEqualTo(1);
    assertThat(RelativeDistance.ratio(1, 0)).isEqualTo(100);
    assertThat(RelativeDistance.ratio(0, 1)).isEqualTo(0);
    assertThat(RelativeDistance.ratio(5000, 1)).isEqualTo(100);
  }

  @Test
  void classWithoutReferencesIsComparedWithAll() {
    ScoringContext context = context(random(1, 50), random(2, 20));
    Prediction rows = random(1, 1);
    int[] unknown = {9};
    assertThat(context.neighbourhood().distances(rows, unknown)[0]).isZero();
  }

  private static List<Scorer> scorers(ScoringContext context) {
    return Scorers.all().stream()
        .filter(factory -> !factory.wholeSet())
        .map(factory -> factory.create(context))
        .toList();
  }

  private static ScoringContext context(Prediction reference, Prediction tune) {
    return new ScoringContext(
        new DatasetSchema("image", List.of(1, 1, 1), List.of("a", "b")),
        rows(reference.count()),
        reference,
        rows(tune.count()),
        tune);
  }

  private static LabelledRows rows(int count) {
    List<SampleId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(new SampleId(0, i));
    }
    return new LabelledRows(1, new byte[count], labels(count), ids);
  }

  private static int[] labels(int count) {
    int[] labels = new int[count];
    java.util.Arrays.setAll(labels, i -> i % CLASSES);
    return labels;
  }

  private static ScoringBatch batch(Prediction rows, int from, int to) {
    int count = to - from;
    int[] labels = new int[count];
    java.util.Arrays.setAll(labels, i -> (from + i) % CLASSES);
    Prediction part =
        new Prediction(
            count,
            CLASSES,
            FEATURES,
            java.util.Arrays.copyOfRange(rows.probabilities(), from * CLASSES, to * CLASSES),
            java.util.Arrays.copyOfRange(rows.features(), from * FEATURES, to * FEATURES));
    return ScoringBatch.judged(labels, 1, new byte[count], part);
  }

  private static Prediction random(long seed, int count) {
    float[] features = new float[count * FEATURES];
    CounterRandom.of(seed).gaussian(features, 0, features.length);
    float[] probabilities = new float[count * CLASSES];
    for (int i = 0; i < count; i++) {
      probabilities[2 * i] = (float) CounterRandom.of(seed, i).uniform(0);
      probabilities[2 * i + 1] = 1 - probabilities[2 * i];
    }
    return new Prediction(count, CLASSES, FEATURES, probabilities, features);
  }

  private static double distance(Prediction a, int i, Prediction b, int j) {
    double sum = 0;
    for (int f = 0; f < FEATURES; f++) {
      double d = a.features()[i * FEATURES + f] - b.features()[j * FEATURES + f];
      sum += d * d;
    }
    return Math.sqrt(sum);
  }
}
