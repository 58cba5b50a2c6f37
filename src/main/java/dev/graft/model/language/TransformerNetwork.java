package dev.graft.model.language;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.model.Derivation.ClassMixture;
import dev.graft.model.nn.Attention.Past;
import dev.graft.model.nn.CausalTransformer;
import dev.graft.model.nn.Dropout;
import dev.graft.model.nn.ParameterSet;
import java.util.List;

/** A causal transformer; of the tokens before, keys and values are kept. */
record TransformerNetwork(CausalTransformer transformer) implements LanguageNetwork {
  @Override
  public int codes() {
    return transformer.codes();
  }

  @Override
  public int positions() {
    return transformer.positions();
  }

  @Override
  public void declare(ParameterSet parameters, long seed) {
    transformer.declare(parameters, seed);
  }

  @Override
  public NDArray apply(
      ParameterSet weights, NDManager scope, int[][] tokens, int[] labels, Dropout dropout) {
    return transformer.apply(weights, scope, tokens, labels, dropout);
  }

  @Override
  public Reading reading(ParameterSet weights, NDManager scope, ClassMixture classes) {
    List<Past> past = transformer.past(scope, classes.count());
    return new Reading() {
      @Override
      public NDArray first() {
        return transformer.first(
            weights, scope, classes.from(), classes.to(), classes.shares(), past);
      }

      @Override
      public NDArray next(long[] before, int position) {
        return transformer.next(weights, scope, before, position, past);
      }
    };
  }
}
