package dev.graft.model.autoregressive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.graft.data.Condition;
import dev.graft.data.GraftException;
import dev.graft.model.Checkpoints;
import dev.graft.model.DerivingSamplerContract;
import dev.graft.model.FittedModel;
import dev.graft.model.FittedModel.HistoryPoint;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AutoregressiveFamilyTest extends DerivingSamplerContract {
  private int tokenizerSteps = 60;
  private String more = "";

  @Override
  protected ModelFamily<Sampler> family() {
    return new AutoregressiveFamily();
  }

  @Override
  protected String definitionYaml() {
    return """
    family: autoregressive
    architecture:
      tokenizer: {levels: [9, 9], encoder: [6, 8], decoder: [8, 6]}
      prior: {width: 12, layers: 2, heads: 2}
    training:
      steps: 130
      tokenizer-steps: %d
      batch: 16
      learning-rate: 0.02
      ema: 0.8
      clip: 1
      eval-every: 20
      checkpoint-every: 35
    %s
    compute: {batch: 8}
    """
        .formatted(tokenizerSteps, more);
  }

  /** The tiny prior is so sure of itself that it draws the codes again which are there. */
  @Override
  protected Controls controls() {
    return new Controls(Map.of("temperature", 4.0));
  }

  /** Two and all of four codes. */
  @Override
  protected double[] strengths() {
    return new double[] {0.5, 1};
  }

  /** Of the tokenizer first, then of the prior. */
  @Override
  @Test
  protected void trainingLearns() throws IOException {
    List<HistoryPoint> history = fitted(1).history();
    assertThat(history).hasSize(7);
    List<Double> coding = values(history, TokenizerObjective.TUNE);
    assertThat(coding).hasSize(3);
    assertThat(coding.get(2)).isLessThan(coding.get(0));
    List<Double> nats = values(history, PriorObjective.TUNE);
    assertThat(nats).hasSize(4);
    assertThat(nats.get(3)).isLessThan(nats.get(0));
  }

  private static List<Double> values(List<HistoryPoint> history, String figure) {
    return history.stream()
        .map(HistoryPoint::values)
        .filter(values -> values.containsKey(figure))
        .map(values -> values.get(figure))
        .toList();
  }

  @Test
  void theResultIsThatOfThePriorWithItsLikelihood() throws Exception {
    FittedModel fitted = fit(1, Checkpoints.none());
    assertThat(fitted.figures()).containsOnlyKeys("tune-loss", "tune-bits-per-code", "tune-bound");
    double nats = fitted.figures().get("tune-loss");
    assertThat(fitted.figures().get("tune-bits-per-code"))
        .isCloseTo(nats / Math.log(2) / 4, offset(1e-9));
    // Of 81 codes at each of four places, no better than chance would be this.
    assertThat(nats).isPositive().isLessThan(4 * Math.log(81));
  }

  /** Codes that are learnt are cheaper than any that are alike likely. */
  @Test
  void theBoundIsComparableFromTheFirstPhaseToTheSecond() throws Exception {
    List<Double> bounds = values(fitted(1).history(), "tune-bound");
    assertThat(bounds).hasSize(7);
    assertThat(bounds.get(2)).isLessThan(bounds.get(0));
    assertThat(bounds.get(6)).isLessThan(bounds.get(2));
    HistoryPoint last = fitted(1).history().get(6);
    double error = values(fitted(1).history(), "tune-reconstruction").get(2);
    assertThat(bounds.get(6) - last.values().get("tune-loss"))
        .isCloseTo(32 * Math.log(2 * Math.PI * Math.E * error), offset(1e-3));
  }

  @Test
  void temperatureMustBeAboveNothing() throws Exception {
    try (Sampler sampler = family().open(stored(fitted(1)))) {
      assertThatThrownBy(
              () ->
                  sampler.sample(
                      Condition.ofLabel(0), 1, 0, 1, new Controls(Map.of("temperature", 0.0))))
          .isInstanceOf(GraftException.class)
          .hasMessageContaining("above 0");
    }
  }

  @Test
  void theTokenizersStepsEndWithAnEvaluation() {
    tokenizerSteps = 50;
    assertThatThrownBy(() -> fit(1, Checkpoints.none()))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("training.tokenizer-steps is 50")
        .hasMessageContaining("multiples of training.eval-every (20)");
  }

  /** It could end before the prior has begun. */
  @Test
  void cannotStopEarly() {
    more = "  patience: 1";
    assertThatThrownBy(() -> fit(1, Checkpoints.none()))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("patience");
  }
}
