package dev.graft.model.nn;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Weights that minimise one {@link Objective} by {@link Adam}, averaged where that is asked for.
 */
public final class ObjectiveLearner implements Learner {
  private static final String WEIGHTS = "weights/";
  private static final String AVERAGE = "average/";
  private static final String MOMENTS = "moments/";

  private final NDManager manager;
  private final Objective objective;
  private final LearningRate rate;
  private final long from;
  private final ParameterSet weights;
  private final Adam adam;
  private final Ema ema;
  private final PartedGradient gradient;

  /**
   * @param manager parent of all arrays
   * @param saved {@link #state} or {@link #footing} to go on from; empty for a start
   * @param declare declares the network's parameters with their initial values
   */
  public ObjectiveLearner(
      NDManager manager,
      TrainingSettings settings,
      SortedMap<String, Tensor> saved,
      Consumer<ParameterSet> declare,
      Objective objective) {
    this.manager = manager.newSubManager();
    this.objective = objective;
    this.rate = settings.rate();
    this.from = settings.from();
    Adam.Settings settled = Adam.Settings.clipped(settings.clip());
    if (saved.isEmpty()) {
      weights = new ParameterSet(this.manager);
      declare.accept(weights);
      adam = new Adam(this.manager, weights, settled);
    } else {
      weights = ParameterSet.of(this.manager, TensorGroups.get(saved, WEIGHTS));
      SortedMap<String, Tensor> moments = TensorGroups.get(saved, MOMENTS);
      adam =
          moments.isEmpty()
              ? new Adam(this.manager, weights, settled)
              : Adam.restore(this.manager, weights, moments, settled);
    }
    ema =
        settings.ema() > 0
            ? new Ema(
                this.manager,
                saved.isEmpty() ? weights.export() : TensorGroups.get(saved, AVERAGE),
                settings.ema())
            : null;
    weights.requireGradients(true);
    gradient = new PartedGradient(this.manager, weights, objective.parts());
  }

  @Override
  public Map<String, Double> update(long step) {
    Map<String, Double> figures = gradient.backward(step);
    adam.step(step + 1 - from, rate.at(step));
    if (ema != null) {
      ema.update(weights, step + 1);
    }
    return figures;
  }

  private ParameterSet current() {
    return ema == null ? weights : ema.average();
  }

  @Override
  public Map<String, Double> evaluate() {
    try (GradMode off = GradMode.off()) {
      return objective.evaluate(current());
    }
  }

  @Override
  public boolean better(Map<String, Double> figures, Map<String, Double> best) {
    return objective.better(figures, best);
  }

  @Override
  public SortedMap<String, Tensor> result() {
    return current().export();
  }

  @Override
  public SortedMap<String, Tensor> state() {
    SortedMap<String, Tensor> state = footing();
    TensorGroups.put(state, MOMENTS, adam.export());
    return state;
  }

  @Override
  public SortedMap<String, Tensor> footing() {
    SortedMap<String, Tensor> state = new TreeMap<>();
    TensorGroups.put(state, WEIGHTS, weights.export());
    if (ema != null) {
      TensorGroups.put(state, AVERAGE, ema.average().export());
    }
    return state;
  }

  @Override
  public void close() {
    gradient.close();
    manager.close();
  }
}
