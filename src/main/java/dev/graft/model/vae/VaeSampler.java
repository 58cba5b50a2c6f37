package dev.graft.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.model.ScriptedSampler;
import dev.graft.model.StoredModel;
import dev.graft.model.nn.ImageSampler;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.ScriptedGenerator;
import dev.graft.model.nn.Tensor;
import dev.graft.model.nn.TorchScript;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * A trained VAE, open for drawing.
 *
 * <p>Control {@code truncation}: factor on the latent noise, 0 or more; 1 by default, less for more
 * typical and less varied samples.
 */
final class VaeSampler extends ImageSampler implements ScriptedSampler {
  static final String TRUNCATION = "truncation";

  private final VaeNetwork network;
  private final ParameterSet weights;
  private final LatentPrior prior;
  private final int latent;

  VaeSampler(StoredModel model) {
    super(model);
    VaeArchitecture architecture = VaeArchitecture.of(model.card().definition().architecture());
    this.latent = architecture.latent();
    this.network = new VaeNetwork(architecture, shape(), classes());
    SortedMap<String, Tensor> tensors =
        new TreeMap<>(Safetensors.decode(model.weights()).tensors());
    this.prior = LatentPrior.of(tensors);
    tensors.keySet().removeIf(name -> !name.startsWith("decoder."));
    this.weights = ParameterSet.of(manager(), tensors);
  }

  @Override
  protected NDArray draw(NDManager scope, Request request) {
    NDArray z = scope.create(codes(request), new Shape(batch(), latent + classes()));
    return JniUtils.sigmoid((PtNDArray) network.decode(weights, z));
  }

  @Override
  public float[] noise(Condition condition, long seed, long firstIndex, int count) {
    float[] noise = new float[count * prior.noiseLength()];
    IntFunction<CounterRandom> random = random(condition, seed, firstIndex);
    for (int i = 0; i < count; i++) {
      prior.noise(random.apply(i), noise, i * prior.noiseLength());
    }
    return noise;
  }

  @Override
  public int latent() {
    return latent;
  }

  @Override
  public ScriptedGenerator script() {
    TorchScript script = new TorchScript();
    String codes =
        script.call(
            "cat",
            List.of(prior.write(script, "noise", "label"), script.oneHot("label", classes())),
            1);
    String images = script.call("sigmoid", network.writeDecoder(script, codes));
    SortedMap<String, Tensor> all = new TreeMap<>(weights.export());
    all.putAll(prior.export());
    String method =
        script.method(
            "forward(" + ScriptedGenerator.self() + ", noise: Tensor, label: Tensor)", images);
    return new ScriptedGenerator(List.of(prior.noiseLength()), all, method);
  }

  /** Latent vectors beside one-hot classes, (batch, latent + classes); zeros after the last. */
  private float[] codes(Request request) {
    double truncation = request.controls().get(TRUNCATION, 1);
    int width = latent + classes();
    float[] codes = new float[batch() * width];
    for (int i = 0; i < request.count(); i++) {
      prior.draw(request.label(), request.random().apply(i), truncation, codes, i * width);
      codes[i * width + latent + request.label()] = 1;
    }
    return codes;
  }
}
