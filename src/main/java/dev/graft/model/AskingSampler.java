package dev.graft.model;

import dev.graft.data.Condition;
import java.util.stream.LongStream;

/**
 * A sampler that asks a service outside of this process. A sample may come to nothing while the
 * others of a call do not, and samples have a price. What was answered once is kept and not asked
 * for again; given what is kept, the rules of {@link Sampler} hold.
 */
public interface AskingSampler extends DerivingSampler {
  /**
   * Asks for samples.
   *
   * @param derivation what they are made from; null for the model alone
   * @param indices of the samples within the condition, ascending; one for each of a derivation
   * @throws dev.graft.data.GraftException (exit 3) when the service refuses all that is asked of
   *     it, (exit 1) when too much comes to nothing
   */
  Answers ask(
      Condition condition, Derivation derivation, long seed, long[] indices, Controls controls);

  @Override
  default byte[] sample(
      Condition condition, long seed, long firstIndex, int count, Controls controls) {
    long[] indices = LongStream.range(firstIndex, firstIndex + count).toArray();
    return ask(condition, null, seed, indices, controls).values();
  }

  @Override
  default byte[] derive(
      Condition condition, Derivation derivation, long seed, long[] indices, Controls controls) {
    return ask(condition, derivation, seed, indices, controls).values();
  }
}
