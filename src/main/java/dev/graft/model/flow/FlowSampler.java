package dev.graft.model.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * A trained flow, open for drawing: noise is carried along the velocities from time 0 to time 1 by
 * {@link FlowSolver}.
 *
 * <p>Control {@code steps}: 1 to {@value #MOST_STEPS}; fewer are quicker and blurrier. Control
 * {@code guidance} g: 1 takes the velocity v(class) as it is; others take v(none) + g (v(class) -
 * v(none)) (Ho &amp; Salimans 2022, https://arxiv.org/abs/2207.12598), at twice the cost: more is
 * more typical of the class and less varied.
 *
 * <p>A variation of strength s lets its source x go on from time t = 1 - s, at (1 - t) e + t x with
 * the noise e of the index (as SDEdit, Meng et al. 2022, https://arxiv.org/abs/2108.01073), in the
 * share s of the steps. Paths are spherical between the noises that the solver, run backwards,
 * finds for both ends; being approximate, they begin and end near the rows. A class mixture tells
 * the network the shares of both classes.
 */
final class FlowSampler extends DerivingImageSampler implements ScriptedSampler {
  static final String STEPS = "steps";
  static final String GUIDANCE = "guidance";

  private static final int MOST_STEPS = 1000;

  private final FlowArchitecture.Sampling sampling;
  private final FlowNetwork network;
  private final ParameterSet weights;
  private final FlowSolver solver;
  private final NDArray half;
  private final NDArray two;
  private final NDArray one;

  FlowSampler(StoredModel model) {
    super(model);
    FlowArchitecture architecture = FlowArchitecture.of(model.card().definition().architecture());
    this.sampling = architecture.sampling();
    this.network = new FlowNetwork(architecture, shape(), classes());
    this.weights = ParameterSet.of(manager(), Safetensors.decode(model.weights()).tensors());
    this.solver = new FlowSolver(network, weights, classes());
    this.half = manager().create(0.5f);
    this.two = manager().create(2f);
    this.one = manager().create(1f);
  }

  @Override
  protected NDArray draw(NDManager scope, Request request) {
    int[] labels = new int[batch()];
    Arrays.fill(labels, request.label());
    return fromNoise(scope, request, noise(scope, request), oneHot(labels, classes()));
  }

  @Override
  protected NDArray vary(NDManager scope, Request request, Sources sources, double strength) {
    double start = 1 - strength;
    int steps = Math.max(1, (int) Math.ceil(steps(request.controls()) * strength - 1e-9));
    NDArray between =
        noise(scope, request)
            .mul(scope.create((float) strength))
            .add(images(scope, sources).mul(scope.create((float) start)));
    FlowSolver.Task task =
        new FlowSolver.Task(
            steps, guidance(request.controls()), oneHot(sources.labels(), classes()));
    return unit(solver.carry(scope, between, start, 1, task));
  }

  /** The noise that the solver would have come from, channels last; without guidance. */
  @Override
  protected float[] encode(NDManager scope, Request request, Sources sources) {
    FlowSolver.Task task =
        new FlowSolver.Task(steps(request.controls()), 1, oneHot(sources.labels(), classes()));
    NDArray noise = solver.carry(scope, images(scope, sources), 1, 0, task);
    return noise.transpose(0, 2, 3, 1).toFloatArray();
  }

  @Override
  protected NDArray decode(NDManager scope, Request request, float[] codes, float[] classes) {
    NDArray noise = FlowObjective.noise(scope, codes, batch(), shape());
    return fromNoise(scope, request, noise, classes);
  }

  @Override
  protected NDArray mix(NDManager scope, Request request, ClassMixture mixture) {
    return fromNoise(scope, request, noise(scope, request), shares(mixture, classes()));
  }

  /** All the way, with the controls of the request. */
  private NDArray fromNoise(NDManager scope, Request request, NDArray noise, float[] shares) {
    FlowSolver.Task task =
        new FlowSolver.Task(steps(request.controls()), guidance(request.controls()), shares);
    return unit(solver.carry(scope, noise, 0, 1, task));
  }

  /** With values in [-1, 1], (batch, C, H, W). */
  private NDArray images(NDManager scope, Sources sources) {
    return arrays().upload(scope, sources.values(), batch()).mul(two).sub(one);
  }

  private NDArray unit(NDArray x) {
    return JniUtils.clip((PtNDArray) x.mul(half).add(half), 0, 1);
  }

  @Override
  public float[] noise(Condition condition, long seed, long firstIndex, int count) {
    int rowSize = shape().rowSize();
    int pixels = shape().height() * shape().width();
    float[] channelsFirst = new float[count * rowSize];
    IntFunction<CounterRandom> random = ClassCondition.random(condition, seed, firstIndex);
    for (int i = 0; i < count; i++) {
      float[] deviates = new float[rowSize]; // (H, W, C)
      random.apply(i).gaussian(deviates, 0, rowSize);
      for (int v = 0; v < rowSize; v++) {
        channelsFirst[i * rowSize + v % shape().channels() * pixels + v / shape().channels()] =
            deviates[v];
      }
    }
    return channelsFirst;
  }

  /** Its {@code forward} has two more arguments, {@code steps} and {@code guidance}. */
  @Override
  public int latent() {
    return shape().rowSize();
  }

  @Override
  public ScriptedGenerator script() {
    String self = ScriptedGenerator.self();
    String velocity =
        network.write(
            "velocity(" + self + ", x: Tensor, time: float, label: Tensor)", shape(), classes());
    String forward =
        String.format(
            Locale.ROOT,
            """
              def forward(%s, noise: Tensor, label: Tensor, steps: int=%d, guidance: float=%s) -> Tensor:
                x = noise
                last = noise
                none = torch.full_like(label, %d)
                for step in range(steps):
                  time = torch.div(step, steps)
                  v = (self).velocity(x, time, label, )
                  if torch.ne(guidance, 1.):
                    free = (self).velocity(x, time, none, )
                    w = torch.add(free, torch.mul(torch.sub(v, free), guidance))
                  else:
                    w = v
                  if torch.eq(step, 0):
                    ahead = w
                  else:
                    ahead = torch.sub(torch.mul(w, 1.5), torch.mul(last, 0.5))
                  x = torch.add(x, torch.div(ahead, steps))
                  last = w
                return torch.clamp(torch.add(torch.mul(x, 0.5), 0.5), 0, 1)
            """,
            self,
            sampling.steps(),
            sampling.guidance(),
            classes());
    return new ScriptedGenerator(
        List.of(shape().channels(), shape().height(), shape().width()),
        weights.export(),
        velocity + forward);
  }

  private int steps(Controls controls) {
    double steps = controls.get(STEPS, sampling.steps());
    if (steps != Math.rint(steps) || steps < 1 || steps > MOST_STEPS) {
      throw GraftException.usage(
          "control steps is %s; allowed: whole numbers from 1 to %d", steps, MOST_STEPS);
    }
    return (int) steps;
  }

  /** (batch, C, H, W); the rows after the asked ones are zeros. */
  private NDArray noise(NDManager scope, Request request) {
    int rowSize = shape().rowSize();
    float[] deviates = new float[batch() * rowSize];
    for (int i = 0; i < request.count(); i++) {
      request.random().apply(i).gaussian(deviates, i * rowSize, rowSize);
    }
    return FlowObjective.noise(scope, deviates, batch(), shape());
  }

  private double guidance(Controls controls) {
    return controls.get(GUIDANCE, sampling.guidance());
  }
}
