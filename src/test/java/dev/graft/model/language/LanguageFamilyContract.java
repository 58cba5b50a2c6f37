package dev.graft.model.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.model.FittedModel;
import org.junit.jupiter.api.Test;

/** What every family of language models that are trained keeps to. */
abstract class LanguageFamilyContract extends LanguageSamplerContract {
  @Test
  void tellsTheBitsOfAByte() throws Exception {
    FittedModel fitted = fitted(1);
    assertThat(fitted.figures()).containsOnlyKeys("tune-loss", "tune-bits-per-byte");
    assertThat(fitted.figures().get("tune-bits-per-byte")).isBetween(0.1, 8.0);
  }
}
