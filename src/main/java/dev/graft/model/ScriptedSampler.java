package dev.graft.model;

import dev.graft.data.Condition;
import dev.graft.model.nn.ScriptedGenerator;

/** A sampler of images whose generator can leave Graft as TorchScript. */
public interface ScriptedSampler extends Sampler {
  /** The generator without this sampler. */
  ScriptedGenerator script();

  /**
   * The noise of the samples that {@link #sample} draws, for {@link #script}.
   *
   * @return (count, noise)
   */
  float[] noise(Condition condition, long seed, long firstIndex, int count);

  /** How many values of a sample's noise, from the first, its image is a continuous function of. */
  int latent();

  /**
   * The samples that {@link #sample} draws without any controls, before they are quantised.
   *
   * @param count at most {@link #batch()}
   * @return (count, rowSize) with values in [0, 1]
   */
  float[] images(Condition condition, long seed, long firstIndex, int count);
}
