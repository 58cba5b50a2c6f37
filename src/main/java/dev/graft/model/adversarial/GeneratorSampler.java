package dev.graft.model.adversarial;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.model.ScriptedSampler;
import dev.graft.model.StoredModel;
import dev.graft.model.nn.ImageSampler;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.ScriptedGenerator;
import dev.graft.model.nn.TorchScript;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A trained generator of an adversarial family, open for drawing.
 *
 * <p>Control {@code truncation}: factor on the noise, 0 or more; 1 by default, less for more
 * typical and less varied samples (Brock et al. 2019).
 */
public final class GeneratorSampler extends ImageSampler implements ScriptedSampler {
  public static final String TRUNCATION = "truncation";

  private final GeneratorNetwork network;
  private final ParameterSet weights;
  private final int latent;
  private final NDArray half;

  public GeneratorSampler(StoredModel model, GeneratorNetwork.Architecture architecture) {
    super(model);
    this.latent = architecture.latent();
    this.network = new GeneratorNetwork(architecture, shape(), classes());
    this.weights = ParameterSet.of(manager(), Safetensors.decode(model.weights()).tensors());
    this.half = manager().create(0.5f);
  }

  @Override
  protected NDArray draw(NDManager scope, Request request) {
    double truncation = request.controls().get(TRUNCATION, 1);
    float[] noise = new float[batch() * latent];
    float[] oneHot = new float[batch() * classes()];
    for (int i = 0; i < batch(); i++) {
      if (i < request.count()) {
        request.random().apply(i).gaussian(noise, i * latent, latent);
      }
      oneHot[i * classes() + request.label()] = 1;
    }
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (truncation * noise[i]);
    }
    NDArray x =
        network.apply(
            weights,
            scope.create(noise, new Shape(batch(), latent)),
            scope.create(oneHot, new Shape(batch(), classes())));
    return x.mul(half).add(half);
  }

  @Override
  public float[] noise(Condition condition, long seed, long firstIndex, int count) {
    float[] noise = new float[count * latent];
    IntFunction<CounterRandom> random = random(condition, seed, firstIndex);
    for (int i = 0; i < count; i++) {
      random.apply(i).gaussian(noise, i * latent, latent);
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
    String images = network.write(script, "noise", script.oneHot("label", classes()));
    String unit = script.call("mul", script.call("add", images, "1"), "0.5");
    String method =
        script.method(
            "forward(" + ScriptedGenerator.self() + ", noise: Tensor, label: Tensor)", unit);
    return new ScriptedGenerator(List.of(latent), weights.export(), method);
  }
}
