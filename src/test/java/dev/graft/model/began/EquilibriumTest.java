package dev.graft.model.began;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The equations of section 3.4 of the paper, worked out by hand. */
class EquilibriumTest {
  private static final Equilibrium EQUILIBRIUM = new Equilibrium(0.5, 0.1);

  @Test
  void balanceRisesWhileDrawnImagesAreKnownTooWell() {
    assertThat(EQUILIBRIUM.next(0.2, 0.8, 0.1)).isCloseTo(0.23, within(1e-12));
    assertThat(EQUILIBRIUM.next(0.2, 0.2, 0.4)).isCloseTo(0.17, within(1e-12));
    assertThat(EQUILIBRIUM.next(0.2, 0.8, 0.4)).isEqualTo(0.2);
  }

  @Test
  void balanceStaysBetweenNothingAndOne() {
    assertThat(EQUILIBRIUM.next(0.01, 0.2, 0.9)).isZero();
    assertThat(new Equilibrium(1, 1).next(0.9, 2, 0)).isEqualTo(1);
  }

  @Test
  void convergenceIsTheRealErrorAndTheDistanceFromBalance() {
    assertThat(EQUILIBRIUM.measure(0.8, 0.1)).isCloseTo(1.1, within(1e-12));
    assertThat(EQUILIBRIUM.measure(0.8, 0.6)).isCloseTo(1.0, within(1e-12));
    assertThat(EQUILIBRIUM.measure(0.8, 0.4)).isEqualTo(0.8);
  }
}
