package dev.graft.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import dev.graft.model.ClassCondition;
import dev.graft.model.Derivation.ClassMixture;
import dev.graft.model.ScriptedSampler;
import dev.graft.model.StoredModel;
import dev.graft.model.nn.DerivingImageSampler;
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
 *
 * <p>A variation of strength s moves the posterior mean m of its source towards a draw z of the
 * class's prior with mean c, so that the variance stays: {@code c + sqrt(1 - s^2) (m - c) + s (z -
 * c)}. With the control {@code detail}, 0 to 1, it keeps that share of what the decoder loses of
 * the source x, {@code detail (x - decode(m))}, so that variations are as sharp as real images are;
 * 0 by default. Paths are spherical around the means of the priors. Class mixtures take the latent
 * vectors that the same noise gives in both classes, and their mean.
 */
final class VaeSampler extends DerivingImageSampler implements ScriptedSampler {
  static final String TRUNCATION = "truncation";
  static final String DETAIL = "detail";

  private final VaeNetwork network;
  private final ParameterSet weights;
  private final ParameterSet encoderWeights;
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
    SortedMap<String, Tensor> encoder = new TreeMap<>(tensors);
    encoder.keySet().removeIf(name -> !name.startsWith("encoder."));
    this.encoderWeights = ParameterSet.of(manager(), encoder);
    tensors.keySet().removeIf(name -> !name.startsWith("decoder."));
    this.weights = ParameterSet.of(manager(), tensors);
  }

  @Override
  protected NDArray draw(NDManager scope, Request request) {
    return images(scope, codes(request));
  }

  /** (batch, latent + classes) to (batch, C, H, W). */
  private NDArray images(NDManager scope, float[] codes) {
    NDArray z = scope.create(codes, new Shape(batch(), latent + classes()));
    return JniUtils.sigmoid((PtNDArray) network.decode(weights, z));
  }

  @Override
  protected NDArray vary(NDManager scope, Request request, Sources sources, double strength) {
    float[] classes = oneHot(sources.labels(), classes());
    float[] codes = encode(scope, request, sources);
    double detail = detail(request.controls());
    NDArray lost =
        detail == 0
            ? null
            : arrays()
                .upload(scope, sources.values(), batch())
                .sub(decode(scope, request, codes, classes)); // (batch, C, H, W)
    double truncation = spread(request.controls());
    double[] centre = centre(request.label());
    float[] fresh = new float[latent];
    for (int row = 0; row < request.count(); row++) {
      prior.draw(request.label(), request.random().apply(row), truncation, fresh, 0);
      for (int i = 0; i < latent; i++) {
        double source = codes[row * latent + i] - centre[i];
        codes[row * latent + i] =
            (float) (centre[i] + kept(strength) * source + strength * (fresh[i] - centre[i]));
      }
    }
    NDArray varied = decode(scope, request, codes, classes);
    return lost == null ? varied : varied.add(lost.mul(scope.create((float) detail))).clip(0, 1);
  }

  private static double detail(Controls controls) {
    double detail = controls.get(DETAIL, 0);
    if (!(detail >= 0 && detail <= 1)) {
      throw GraftException.usage(
          "control detail is %s; allowed: 0 (what the decoder makes of it) to 1 (as sharp as its"
              + " source)",
          detail);
    }
    return detail;
  }

  @Override
  protected float[] encode(NDManager scope, Request request, Sources sources) {
    NDArray images = arrays().upload(scope, sources.values(), batch());
    NDArray classes =
        scope.create(oneHot(sources.labels(), classes()), new Shape(batch(), classes()));
    return network.encode(encoderWeights, images, classes).mean().toFloatArray();
  }

  @Override
  protected NDArray decode(NDManager scope, Request request, float[] codes, float[] classes) {
    int width = latent + classes();
    float[] told = new float[batch() * width];
    for (int row = 0; row < batch(); row++) {
      System.arraycopy(codes, row * latent, told, row * width, latent);
      System.arraycopy(classes, row * classes(), told, row * width + latent, classes());
    }
    return images(scope, told);
  }

  @Override
  protected NDArray mix(NDManager scope, Request request, ClassMixture mixture) {
    double truncation = spread(request.controls());
    float[] codes = new float[batch() * latent];
    float[] other = new float[latent];
    for (int row = 0; row < request.count(); row++) {
      CounterRandom random = request.random().apply(row);
      prior.draw(mixture.from()[row], random, truncation, codes, row * latent);
      prior.draw(mixture.to()[row], random, truncation, other, 0);
      double share = mixture.shares()[row];
      for (int i = 0; i < latent; i++) {
        int at = row * latent + i;
        codes[at] = (float) ((1 - share) * codes[at] + share * other[i]);
      }
    }
    return decode(scope, request, codes, shares(mixture, classes()));
  }

  @Override
  protected double[] centre(int label) {
    return prior.centre(label);
  }

  @Override
  protected double spread(Controls controls) {
    return controls.get(TRUNCATION, 1);
  }

  @Override
  public float[] noise(Condition condition, long seed, long firstIndex, int count) {
    float[] noise = new float[count * prior.noiseLength()];
    IntFunction<CounterRandom> random = ClassCondition.random(condition, seed, firstIndex);
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
