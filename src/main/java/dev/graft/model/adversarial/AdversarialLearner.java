package dev.graft.model.adversarial;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.model.nn.Adam;
import dev.graft.model.nn.Ema;
import dev.graft.model.nn.GradMode;
import dev.graft.model.nn.Learner;
import dev.graft.model.nn.LearningRate;
import dev.graft.model.nn.Objective.Loss;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Tensor;
import dev.graft.model.nn.TensorGroups;
import dev.graft.model.nn.TrainingSettings;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A generator and a critic that are trained against each other, each by an optimizer of its own.
 * The result is the generator, averaged where that is asked for.
 */
public final class AdversarialLearner implements Learner {
  private static final String GENERATOR = "generator/";
  private static final String CRITIC = "critic/";
  private static final String AVERAGE = "average/";
  private static final String GAME = "game/";
  private static final String ALONE = "alone/";
  private static final String UNTIL = "until";

  private final NDManager manager;
  private final Game game;
  private final LearningRate rate;
  private final double criticRate;
  private final long from;
  private final Player generator;
  private final Player critic;
  private final Ema ema;
  private final NDArray one;
  private final long aloneUntil;
  private boolean alone;

  /** Weights and their optimizer. */
  private record Player(ParameterSet weights, Adam adam) {
    private static final String WEIGHTS = "weights/";
    private static final String MOMENTS = "moments/";

    static Player start(NDManager manager, Consumer<ParameterSet> declare, Adam.Settings adam) {
      ParameterSet weights = new ParameterSet(manager);
      declare.accept(weights);
      return new Player(weights, new Adam(manager, weights, adam));
    }

    static Player restore(NDManager manager, SortedMap<String, Tensor> saved, Adam.Settings adam) {
      ParameterSet weights = ParameterSet.of(manager, TensorGroups.get(saved, WEIGHTS));
      SortedMap<String, Tensor> moments = TensorGroups.get(saved, MOMENTS);
      return new Player(
          weights,
          moments.isEmpty()
              ? new Adam(manager, weights, adam)
              : Adam.restore(manager, weights, moments, adam));
    }
  }

  /**
   * @param manager parent of all arrays
   * @param settings of the generator
   * @param playing how the critic differs
   * @param saved {@link #state} or {@link #footing} to go on from; empty for a start
   * @param game closed with this
   */
  public AdversarialLearner(
      NDManager manager,
      TrainingSettings settings,
      AdversarialTraining playing,
      SortedMap<String, Tensor> saved,
      Game game) {
    this.manager = manager.newSubManager();
    this.game = game;
    this.rate = settings.rate();
    this.criticRate = playing.criticRate();
    this.from = settings.from();
    this.one = this.manager.create(1f);
    Adam.Settings adam = new Adam.Settings(settings.clip(), playing.beta1(), playing.beta2());
    if (saved.isEmpty()) {
      generator = Player.start(this.manager, game::declareGenerator, adam);
      critic = Player.start(this.manager, game::declareCritic, adam);
      aloneUntil = game.aloneSteps() == 0 ? 0 : from + game.aloneSteps();
    } else {
      generator = Player.restore(this.manager, TensorGroups.get(saved, GENERATOR), adam);
      critic = Player.restore(this.manager, TensorGroups.get(saved, CRITIC), adam);
      game.restore(TensorGroups.get(saved, GAME));
      aloneUntil =
          game.aloneSteps() == 0 ? 0 : (long) TensorGroups.get(saved, ALONE).get(UNTIL).values()[0];
    }
    ema =
        settings.ema() > 0
            ? new Ema(
                this.manager,
                saved.isEmpty() ? generator.weights().export() : TensorGroups.get(saved, AVERAGE),
                settings.ema())
            : null;
  }

  @Override
  public Map<String, Double> update(long step) {
    Map<String, Double> figures = new TreeMap<>();
    alone = step < aloneUntil;
    if (step == aloneUntil && aloneUntil > 0) {
      handOver();
    }
    int rounds = game.criticSteps();
    generator.weights().requireGradients(false);
    critic.weights().requireGradients(true);
    for (int round = 0; round < rounds; round++) {
      long criticStep = step * rounds + round;
      try (GradMode on = GradMode.on();
          NDManager scope = manager.newSubManager()) {
        Loss loss =
            alone
                ? game.aloneLoss(critic.weights(), scope, criticStep)
                : game.criticLoss(generator.weights(), critic.weights(), scope, criticStep);
        apply(loss, "train-critic-loss", figures);
      }
      critic.adam().step(criticStep + 1 - from * rounds, criticRate * rate.at(step));
    }
    if (alone) {
      figures.put("train-loss", figures.get("train-critic-loss"));
      return figures;
    }
    critic.weights().requireGradients(false);
    generator.weights().requireGradients(true);
    try (GradMode on = GradMode.on();
        NDManager scope = manager.newSubManager()) {
      Loss loss = game.generatorLoss(generator.weights(), critic.weights(), scope, step);
      apply(loss, "train-loss", figures);
    }
    long trained = step + 1 - Math.max(from, aloneUntil);
    generator.adam().step(trained, rate.at(step));
    if (ema != null) {
      ema.update(generator.weights(), step + 1 - aloneUntil);
    }
    figures.putAll(game.updated(figures));
    return figures;
  }

  private void apply(Loss loss, String name, Map<String, Double> figures) {
    JniUtils.backward((PtNDArray) loss.total(), (PtNDArray) one, false, false);
    figures.put(name, (double) loss.total().getFloat());
    loss.parts().forEach((part, value) -> figures.put(part, (double) value.getFloat()));
  }

  private void handOver() {
    try (GradMode off = GradMode.off()) {
      generator.weights().requireGradients(false);
      game.handedOver(generator.weights(), critic.weights())
          .forEach(
              (name, tensor) -> {
                generator.weights().replace(name, tensor);
                if (ema != null) {
                  ema.average().replace(name, tensor);
                }
              });
    }
  }

  /** While the critic is alone, this is the generator that would start now. */
  private ParameterSet current() {
    if (alone) {
      handOver();
    }
    return ema == null ? generator.weights() : ema.average();
  }

  @Override
  public Map<String, Double> evaluate() {
    try (GradMode off = GradMode.off()) {
      return game.evaluate(current());
    }
  }

  @Override
  public boolean better(Map<String, Double> figures, Map<String, Double> best) {
    return game.better(figures, best);
  }

  @Override
  public SortedMap<String, Tensor> result() {
    return current().export();
  }

  @Override
  public OptionalDouble saturation(Map<String, Double> means) {
    return game.saturation(means);
  }

  @Override
  public SortedMap<String, Tensor> state() {
    SortedMap<String, Tensor> state = footing();
    TensorGroups.put(state, GENERATOR + Player.MOMENTS, generator.adam().export());
    TensorGroups.put(state, CRITIC + Player.MOMENTS, critic.adam().export());
    return state;
  }

  @Override
  public SortedMap<String, Tensor> footing() {
    SortedMap<String, Tensor> state = new TreeMap<>();
    TensorGroups.put(state, GENERATOR + Player.WEIGHTS, generator.weights().export());
    TensorGroups.put(state, CRITIC + Player.WEIGHTS, critic.weights().export());
    TensorGroups.put(state, GAME, game.state());
    if (game.aloneSteps() > 0) {
      Tensor until = Tensor.of(new float[] {aloneUntil}, 1);
      TensorGroups.put(state, ALONE, new TreeMap<>(Map.of(UNTIL, until)));
    }
    if (ema != null) {
      TensorGroups.put(state, AVERAGE, ema.average().export());
    }
    return state;
  }

  @Override
  public void close() {
    game.close();
    manager.close();
  }
}
