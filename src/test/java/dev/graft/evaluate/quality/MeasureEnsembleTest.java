package dev.graft.evaluate.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.CounterRandom;
import dev.graft.model.ensemble.Mixture;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasureEnsembleTest {
  private static final Mixture MIXTURE = new Mixture(List.of("left", "right"), new float[] {3, 1});

  /** Points around 0 for rows of group 0 and around {@code apart} for those of group 1. */
  private static ExaminedRows rows(long seed, int[] groups, double apart) {
    float[] noise = new float[2 * groups.length];
    CounterRandom.of(seed).gaussian(noise, 0, noise.length);
    double[] points = new double[noise.length];
    for (int i = 0; i < points.length; i++) {
      points[i] = noise[i] + groups[i / 2] * apart;
    }
    SubsetPlan plan = SubsetPlan.of(groups, 2, groups.length, groups.length, 1, 2);
    return new ExaminedRows(plan, 2, points, new boolean[groups.length], null);
  }

  private static int[] groups(int first, int second) {
    return IntStream.range(0, first + second).map(row -> row < first ? 0 : 1).toArray();
  }

  private static EnsembleFigures measure(int first, int second, double apart) {
    return new MeasureEnsemble(
            MIXTURE,
            new int[] {first, second},
            rows(1, groups(100, 100), 20),
            rows(3, groups(90, 90), 20),
            rows(2, groups(first, second), apart))
        .measure();
  }

  @Test
  void membersThatCoverOtherModesCoverMoreTogether() {
    EnsembleFigures figures = measure(100, 100, 20);
    assertThat(figures.rows()).isEqualTo(100);
    assertThat(figures.members().get(0).name()).isEqualTo("left");
    assertThat(figures.members().get(0).weight()).isEqualTo(0.75);
    assertThat(figures.members().get(0).coverage().value()).isBetween(0.3, 0.6);
    assertThat(figures.members().get(1).recall().value()).isBetween(0.3, 0.6);
    assertThat(figures.whole().coverage().value()).isGreaterThan(0.8);
    assertThat(figures.whole().accepted()).isEqualTo(200);
    assertThat(figures.real().accepted()).isEqualTo(180);
    assertThat(figures.real().coverage().value()).isGreaterThan(0.8);
    assertThat(figures.statement()).startsWith("The ensemble covers more than its best member: 0.");
  }

  @Test
  void anEnsembleThatDoesNotHelpSaysSo() {
    EnsembleFigures figures = measure(150, 60, 500);
    assertThat(figures.rows()).isEqualTo(60);
    assertThat(figures.statement())
        .startsWith("The ensemble covers no more than its best member: 0.")
        .contains("and left alone 0.");
  }

  @Test
  void aMemberWithoutRowsHasNoFiguresAndTakesNoneFromOthers() {
    EnsembleFigures figures = measure(100, 2, 20);
    assertThat(figures.members().get(1).coverage().reason()).contains("has 2");
    assertThat(figures.members().get(0).coverage().isDefined()).isTrue();
    assertThat(figures.statement()).contains("cannot be said");
  }
}
