package dev.graft.model.adversarial;

import ai.djl.ndarray.NDManager;
import dev.graft.model.nn.Objective.Loss;
import dev.graft.model.nn.ParameterSet;

/**
 * A game whose players are updated at once, from one pass over the same drawn images: a third less
 * arithmetic than in turn.
 */
public non-sealed interface SimultaneousGame extends Game {
  /**
   * A value whose gradients are those of what the generator minimises by the generator's arrays,
   * and of what the critic minimises by the critic's.
   *
   * @param step from 0
   */
  Loss loss(ParameterSet generator, ParameterSet critic, NDManager scope, long step);
}
