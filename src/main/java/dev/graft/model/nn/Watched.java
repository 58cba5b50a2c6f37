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
 */
public record Watched(UnaryOperator<ModelDefinition> safer, Opening opening, Controls controls) {
  /** Opens a model in training. */
  @FunctionalInterface
  public interface Opening {
    /**
     * @param weights as {@link Learner#result} gives them
     * @return to be closed by the caller; empty while what is trained cannot draw
     */
    Optional<Sampler> open(SortedMap<String, Tensor> weights) throws IOException;
  }

  /** Drawn with the family's defaults. */
  public Watched(UnaryOperator<ModelDefinition> safer, Opening opening) {
    this(safer, opening, Controls.NONE);
  }
}
