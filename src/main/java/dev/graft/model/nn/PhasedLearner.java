package dev.graft.model.nn;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Two trainings one after the other, of which the second builds on the first one's result. The
 * result is both results together, told apart by {@value #FIRST} and {@value #SECOND}.
 */
public final class PhasedLearner implements Learner {
  public static final String FIRST = "first/";
  public static final String SECOND = "second/";

  private static final String STATE = "state/";
  private static final String RESULT = "result/";

  private final long firstSteps;
  private final BiFunction<SortedMap<String, Tensor>, SortedMap<String, Tensor>, Learner> begin;
  private Learner current;
  private SortedMap<String, Tensor> firstResult;

  /**
   * @param firstSteps updates of the first training
   * @param saved {@link #state} to go on from; empty for a start
   * @param first makes the first learner from its saved state
   * @param second makes the second one from the first one's result and its own saved state
   */
  public PhasedLearner(
      long firstSteps,
      SortedMap<String, Tensor> saved,
      Function<SortedMap<String, Tensor>, Learner> first,
      BiFunction<SortedMap<String, Tensor>, SortedMap<String, Tensor>, Learner> second) {
    this.firstSteps = firstSteps;
    this.begin = second;
    SortedMap<String, Tensor> done = TensorGroups.get(saved, FIRST + RESULT);
    if (done.isEmpty()) {
      current = first.apply(TensorGroups.get(saved, FIRST + STATE));
    } else {
      firstResult = done;
      current = second.apply(done, TensorGroups.get(saved, SECOND + STATE));
    }
  }

  @Override
  public Map<String, Double> update(long step) {
    if (step < firstSteps) {
      return current.update(step);
    }
    if (firstResult == null) {
      firstResult = current.result();
      current.close();
      current = begin.apply(firstResult, new TreeMap<>());
    }
    return current.update(step - firstSteps);
  }

  @Override
  public Map<String, Double> evaluate() {
    return current.evaluate();
  }

  /** Figures of the second training are better than any of the first. */
  @Override
  public boolean better(Map<String, Double> figures, Map<String, Double> best) {
    return !figures.keySet().equals(best.keySet()) || current.better(figures, best);
  }

  @Override
  public SortedMap<String, Tensor> result() {
    SortedMap<String, Tensor> result = new TreeMap<>();
    if (firstResult == null) {
      TensorGroups.put(result, FIRST, current.result());
    } else {
      TensorGroups.put(result, FIRST, firstResult);
      TensorGroups.put(result, SECOND, current.result());
    }
    return result;
  }

  @Override
  public SortedMap<String, Tensor> state() {
    return around(current.state());
  }

  @Override
  public SortedMap<String, Tensor> footing() {
    return around(current.footing());
  }

  private SortedMap<String, Tensor> around(SortedMap<String, Tensor> inner) {
    SortedMap<String, Tensor> state = new TreeMap<>();
    if (firstResult == null) {
      TensorGroups.put(state, FIRST + STATE, inner);
    } else {
      TensorGroups.put(state, FIRST + RESULT, firstResult);
      TensorGroups.put(state, SECOND + STATE, inner);
    }
    return state;
  }

  @Override
  public void close() {
    current.close();
  }
}
