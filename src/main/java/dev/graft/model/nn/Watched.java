package dev.graft.model.nn;

import dev.graft.model.ModelDefinition;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/**
 * What a {@link TrainingLoop} that watches for a collapse asks of the family that it trains.
 *
 * @param safer the definition by which a training goes on after a collapse
 * @param opening opens a model in training
 * @param controls what the rows that are looked at are drawn with
 * @param together whether rows of several classes are drawn in one call, as an unmixed {@link
 *     dev.graft.model.Derivation.ClassMixture}: fewer calls where classes are many
 */
public record Watched(
    UnaryOperator<ModelDefinition> safer, Opening opening, Controls controls, boolean together) {
  /** Opens a model in training. */
  @FunctionalInterface
  public interface Opening {
    /**
     * @param weights as {@link Learner#result} gives them
     * @return to be closed by the caller; empty while what is trained cannot draw
     */
    Optional<Sampler> open(SortedMap<String, Tensor> weights) throws IOException;
  }

  /** Drawn class by class. */
  public Watched(UnaryOperator<ModelDefinition> safer, Opening opening, Controls controls) {
    this(safer, opening, controls, false);
  }

  /**
   * Drawn with the family's defaults, several classes in one call.
   *
   * @param opening gives a {@link dev.graft.model.DerivingSampler}
   */
  public static Watched together(UnaryOperator<ModelDefinition> safer, Opening opening) {
    return new Watched(safer, opening, Controls.NONE, true);
  }

  /** Drawn with the family's defaults, class by class. */
  public Watched(UnaryOperator<ModelDefinition> safer, Opening opening) {
    this(safer, opening, Controls.NONE);
  }
}
