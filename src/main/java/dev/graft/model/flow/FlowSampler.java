package dev.graft.model.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import dev.graft.model.ScriptedSampler;
import dev.graft.model.StoredModel;
import dev.graft.model.nn.ImageSampler;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.ScriptedGenerator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * A trained flow, open for drawing: noise is carried along the velocities from time 0 to time 1 in
 * steps of equal length, by the two-step method of Adams and Bashforth (after a first one of
 * Euler), which asks the network once a step:
 *
 * <pre>x_(n+1) = x_n + h (3/2 v_n - 1/2 v_(n-1))</pre>
 *
 * <p>Control {@code steps}: 1 to {@value #MOST_STEPS}; fewer are quicker and blurrier. Control
 * {@code guidance} g: 1 takes the velocity v(class) as it is; others take v(none) + g (v(class) -
 * v(none)) (Ho &amp; Salimans 2022, https://arxiv.org/abs/2207.12598), at twice the cost: more is
 * more typical of the class and less varied.
 */
final class FlowSampler extends ImageSampler implements ScriptedSampler {
  static final String STEPS = "steps";
  static final String GUIDANCE = "guidance";

  private static final int MOST_STEPS = 1000;

  private final FlowArchitecture.Sampling sampling;
  private final FlowNetwork network;
  private final ParameterSet weights;
  private final NDArray half;

  FlowSampler(StoredModel model) {
    super(model);
    FlowArchitecture architecture = FlowArchitecture.of(model.card().definition().architecture());
    this.sampling = architecture.sampling();
    this.network = new FlowNetwork(architecture, shape(), classes());
    this.weights = ParameterSet.of(manager(), Safetensors.decode(model.weights()).tensors());
    this.half = manager().create(0.5f);
  }

  @Override
  protected NDArray draw(NDManager scope, Request request) {
    int steps = steps(request.controls());
    double guidance = request.controls().get(GUIDANCE, sampling.guidance());
    NDArray x = noise(scope, request);
    NDArray length = scope.create((float) (1.0 / steps));
    NDArray now = scope.create(1.5f);
    NDArray before = scope.create(-0.5f);
    NDArray last = null;
    NDArray guide = scope.create((float) guidance);
    for (int step = 0; step < steps; step++) {
      double time = (double) step / steps;
      try (NDManager inner = scope.newSubManager()) {
        x.attach(inner);
        NDArray velocity = network.apply(weights, x, told(inner, time, request.label()));
        if (guidance != 1) {
          NDArray free = network.apply(weights, x, told(inner, time, classes()));
          velocity = free.add(velocity.sub(free).mul(guide));
        }
        NDArray ahead = last == null ? velocity : velocity.mul(now).add(last.mul(before));
        x = x.add(ahead.mul(length));
        x.attach(scope);
        if (last != null) {
          last.attach(inner);
        }
        velocity.attach(scope);
        last = velocity;
      }
    }
    return JniUtils.clip((PtNDArray) x.mul(half).add(half), 0, 1);
  }

  @Override
  public float[] noise(Condition condition, long seed, long firstIndex, int count) {
    int rowSize = shape().rowSize();
    int pixels = shape().height() * shape().width();
    float[] channelsFirst = new float[count * rowSize];
    IntFunction<CounterRandom> random = random(condition, seed, firstIndex);
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

  private NDArray told(NDManager scope, double time, int label) {
    int width = FlowNetwork.TIME_FEATURES + classes() + 1;
    float[] told = new float[batch() * width];
    for (int i = 0; i < batch(); i++) {
      FlowNetwork.timeFeatures(time, told, i * width);
      told[i * width + FlowNetwork.TIME_FEATURES + label] = 1;
    }
    return scope.create(told, new Shape(batch(), width));
  }
}
