package dev.graft.model.adversarial;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.model.ClassCondition;
import dev.graft.model.Derivation.ClassMixture;
import dev.graft.model.ScriptedSampler;
import dev.graft.model.StoredModel;
import dev.graft.model.nn.DerivingImageSampler;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.ScriptedGenerator;
import dev.graft.model.nn.TorchScript;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A trained generator of an adversarial family, open for drawing.
 *
 * <p>Control {@code truncation}: factor on the noise, 0 or more; 1 by default, less for more
 * typical and less varied samples (Brock et al. 2019).
 *
 * <p>A variation of strength s moves the noise z that {@link Inversion} finds for its source
 * towards the noise e of the index, so that the variance stays: {@code sqrt(1 - s^2) z + s e}.
 * Paths are spherical between such noises, and a class mixture tells the generator the shares of
 * both classes.
 */
public final class GeneratorSampler extends DerivingImageSampler implements ScriptedSampler {
  public static final String TRUNCATION = "truncation";

  private final GeneratorNetwork network;
  private final ParameterSet weights;
  private final int latent;
  private final NDArray half;
  private final Inversion inversion;

  public GeneratorSampler(StoredModel model, GeneratorNetwork.Architecture architecture) {
    super(model);
    this.latent = architecture.latent();
    this.network = new GeneratorNetwork(architecture, shape(), classes());
    this.weights = ParameterSet.of(manager(), Safetensors.decode(model.weights()).tensors());
    this.half = manager().create(0.5f);
    this.inversion =
        new Inversion(
            manager(),
            network,
            weights,
            shape(),
            latent,
            classes(),
            batch(),
            architecture.reduction());
  }

  @Override
  protected NDArray draw(NDManager scope, Request request) {
    int[] labels = new int[batch()];
    Arrays.fill(labels, request.label());
    return decode(scope, request, noise(request), oneHot(labels, classes()));
  }

  /** Times the truncation, (batch, latent); zeros after the asked rows. */
  private float[] noise(Request request) {
    double truncation = spread(request.controls());
    float[] noise = new float[batch() * latent];
    for (int i = 0; i < request.count(); i++) {
      request.random().apply(i).gaussian(noise, i * latent, latent);
    }
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (truncation * noise[i]);
    }
    return noise;
  }

  @Override
  protected NDArray vary(NDManager scope, Request request, Sources sources, double strength) {
    float[] codes = noise(request);
    if (strength < 1) {
      float[] kept = encode(scope, request, sources);
      for (int i = 0; i < codes.length; i++) {
        codes[i] = (float) (kept(strength) * kept[i] + strength * codes[i]);
      }
    }
    return decode(scope, request, codes, oneHot(sources.labels(), classes()));
  }

  @Override
  protected float[] encode(NDManager scope, Request request, Sources sources) {
    return inversion.invert(sources.values(), sources.labels());
  }

  @Override
  protected NDArray decode(NDManager scope, Request request, float[] codes, float[] classes) {
    NDArray x =
        network.apply(
            weights,
            scope.create(codes, new Shape(batch(), latent)),
            scope.create(classes, new Shape(batch(), classes())));
    return x.mul(half).add(half);
  }

  @Override
  protected NDArray mix(NDManager scope, Request request, ClassMixture mixture) {
    return decode(scope, request, noise(request), shares(mixture, classes()));
  }

  @Override
  protected double spread(Controls controls) {
    return controls.get(TRUNCATION, 1);
  }

  @Override
  public float[] noise(Condition condition, long seed, long firstIndex, int count) {
    float[] noise = new float[count * latent];
    IntFunction<CounterRandom> random = ClassCondition.random(condition, seed, firstIndex);
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
