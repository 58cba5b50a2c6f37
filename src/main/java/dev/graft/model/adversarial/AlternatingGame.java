package dev.graft.model.adversarial;

import ai.djl.ndarray.NDManager;
import dev.graft.model.nn.Objective.Loss;
import dev.graft.model.nn.ParameterSet;

/** A game whose players are updated in turn, each by a loss of its own, given the other. */
public non-sealed interface AlternatingGame extends Game {
  /** Updates of the critic before each one of the generator. */
  int criticSteps();

  /**
   * What the critic minimises; the generator's arrays get no gradient.
   *
   * @param step from 0, counting the critic's own updates
   */
  Loss criticLoss(ParameterSet generator, ParameterSet critic, NDManager scope, long step);

  /**
   * What the generator minimises.
   *
   * @param step from 0
   */
  Loss generatorLoss(ParameterSet generator, ParameterSet critic, NDManager scope, long step);
}
