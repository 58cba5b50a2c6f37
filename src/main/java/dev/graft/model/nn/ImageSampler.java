package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.model.ClassCondition;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.function.LongFunction;

/**
 * A trained generator of images of a class, open for drawing. Every model call has a full batch, so
 * that a sample's bits do not depend on how many are asked for; the randomness of a sample is keyed
 * by seed, condition and index.
 */
public abstract class ImageSampler implements Sampler {
  private final String family;
  private final NDManager manager;
  private final ImageShape shape;
  private final ImageArrays images;
  private final int classes;
  private final int batch;

  /** Starts the engine as the model asks. */
  protected ImageSampler(StoredModel model) {
    this.family = model.card().definition().family();
    this.shape = ImageShape.of(model.card().schema());
    this.classes = OneHot.length(model.card().schema());
    this.batch = model.card().definition().compute().batch();
    this.manager = TorchEngine.newManager(model.card().definition().compute());
    this.images = new ImageArrays(manager, shape);
  }

  /**
   * Draws a batch.
   *
   * @param scope holds every array of the call
   * @param request what is asked for
   * @return (batch, C, H, W) with values in [0, 1]; rows after the asked ones are ignored
   */
  protected abstract NDArray draw(NDManager scope, Request request);

  /**
   * What one call is asked for.
   *
   * @param label class of all rows, from 0
   * @param count rows that are wanted, at most the batch
   * @param random randomness of the row at a position
   * @param controls the model's own knobs
   */
  protected record Request(
      int label, int count, IntFunction<CounterRandom> random, Controls controls) {}

  @Override
  public final int batch() {
    return batch;
  }

  @Override
  public final byte[] sample(
      Condition condition, long seed, long firstIndex, int count, Controls controls) {
    Request request = request(condition, seed, row -> firstIndex + row, count, controls);
    return call(count, scope -> draw(scope, request));
  }

  /**
   * Makes one call, without gradients, in a scope of its own.
   *
   * @param images gives (batch, C, H, W) with values in [0, 1]
   * @return the first {@code count} images, quantised
   */
  final byte[] call(int count, Function<NDManager, NDArray> images) {
    try (GradMode off = GradMode.off();
        NDManager scope = manager.newSubManager()) {
      byte[] values = this.images.download(images.apply(scope));
      return Arrays.copyOf(values, count * shape.rowSize());
    }
  }

  /** {@link dev.graft.model.ScriptedSampler#images}. */
  public final float[] images(Condition condition, long seed, long firstIndex, int count) {
    Request request = request(condition, seed, row -> firstIndex + row, count, Controls.NONE);
    try (GradMode off = GradMode.off();
        NDManager scope = manager.newSubManager()) {
      return Arrays.copyOf(draw(scope, request).toFloatArray(), count * shape.rowSize());
    }
  }

  final Request request(
      Condition condition, long seed, IntToLongFunction index, int count, Controls controls) {
    if (count < 0 || count > batch) {
      throw new IllegalArgumentException(count + " samples asked for; allowed: 0 to " + batch);
    }
    LongFunction<CounterRandom> random = ClassCondition.random(condition, seed);
    return new Request(
        ClassCondition.label(condition, classes, family),
        count,
        row -> random.apply(index.applyAsLong(row)),
        controls);
  }

  /** Holds what the model keeps for all calls. */
  protected final NDManager manager() {
    return manager;
  }

  /** Of the images. */
  protected final ImageShape shape() {
    return shape;
  }

  /** Between quantised rows and arrays. */
  protected final ImageArrays arrays() {
    return images;
  }

  /** How many there are; 1 for unlabelled data. */
  protected final int classes() {
    return classes;
  }

  @Override
  public void close() {
    manager.close();
  }
}
