package dev.graft.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import com.google.common.hash.Hashing;
import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import dev.graft.model.ModelDefinition;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.nn.GradMode;
import dev.graft.model.nn.ImageArrays;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.Tensor;
import dev.graft.model.nn.TorchEngine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trained VAE, open for drawing. The latent vector of a sample comes from a generator keyed by
 * seed, condition and index; the decoder always runs on a full batch.
 *
 * <p>Control {@code truncation}: factor on the latent noise, 0 or more; 1 by default, less for more
 * typical and less varied samples.
 */
final class VaeSampler implements Sampler {
  static final String TRUNCATION = "truncation";

  private final NDManager manager;
  private final VaeNetwork network;
  private final ParameterSet weights;
  private final LatentPrior prior;
  private final ImageArrays images;
  private final int rowSize;
  private final int latent;
  private final int classes;
  private final int batch;

  VaeSampler(StoredModel model) {
    ModelDefinition definition = model.card().definition();
    VaeArchitecture architecture = VaeArchitecture.of(definition.architecture());
    ImageShape shape = ImageShape.of(model.card().schema());
    this.rowSize = shape.rowSize();
    this.latent = architecture.latent();
    this.classes = OneHot.length(model.card().schema());
    this.batch = definition.compute().batch();
    this.network = new VaeNetwork(architecture, shape, classes);
    SortedMap<String, Tensor> tensors =
        new TreeMap<>(Safetensors.decode(model.weights()).tensors());
    this.prior = LatentPrior.of(tensors);
    tensors.keySet().removeIf(name -> !name.startsWith("decoder."));
    this.manager = TorchEngine.newManager(definition.compute());
    this.weights = ParameterSet.of(manager, tensors);
    this.images = new ImageArrays(manager, shape);
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public byte[] sample(
      Condition condition, long seed, long firstIndex, int count, Controls controls) {
    if (count < 0 || count > batch) {
      throw new IllegalArgumentException(count + " samples asked for; allowed: 0 to " + batch);
    }
    float[] codes = codes(condition, seed, firstIndex, count, controls);
    try (GradMode off = GradMode.off();
        NDManager scope = manager.newSubManager()) {
      NDArray z = scope.create(codes, new Shape(batch, latent + classes));
      NDArray pixels = JniUtils.sigmoid((PtNDArray) network.decode(weights, z));
      return Arrays.copyOf(images.download(pixels), count * rowSize);
    }
  }

  /** Latent vectors beside one-hot classes, (batch, latent + classes); zeros after the last. */
  private float[] codes(
      Condition condition, long seed, long firstIndex, int count, Controls controls) {
    int label = label(condition);
    double truncation = controls.get(TRUNCATION, 1);
    long key = Hashing.sha256().hashString(condition.key(), StandardCharsets.UTF_8).asLong();
    int width = latent + classes;
    float[] codes = new float[batch * width];
    for (int i = 0; i < count; i++) {
      CounterRandom random = CounterRandom.of(seed, key, firstIndex + i);
      prior.draw(label, random, truncation, codes, i * width);
      codes[i * width + latent + label] = 1;
    }
    return codes;
  }

  private int label(Condition condition) {
    if (!condition.attributes().isEmpty()) {
      throw GraftException.usage(
          "a vae is conditioned on the class alone; condition %s has attributes", condition.key());
    }
    int label = Math.max(0, condition.label());
    if (label >= classes) {
      throw GraftException.usage(
          "this model knows classes 0 to %d; class %d was asked for", classes - 1, label);
    }
    return label;
  }

  @Override
  public void close() {
    manager.close();
  }
}
