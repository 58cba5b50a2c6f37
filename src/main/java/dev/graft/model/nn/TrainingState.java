package dev.graft.model.nn;

import dev.graft.data.json.Json;
import dev.graft.model.FittedModel.HistoryPoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that the rest of a training depends on, as checkpoints hold it.
 *
 * @param counters position and figures so far
 * @param learner state of what is trained
 * @param best weights so far; empty before the first evaluation
 * @param footing where the watch can put the learner back to; empty for nowhere
 */
record TrainingState(
    Counters counters,
    SortedMap<String, Tensor> learner,
    SortedMap<String, Tensor> best,
    SortedMap<String, Tensor> footing) {
  private static final String COUNTERS = "counters";
  private static final String LEARNER = "learner/";
  private static final String BEST = "best/";
  private static final String FOOTING = "footing/";

  /**
   * @param step updates done
   * @param sums of the training figures since the last evaluation
   * @param summed steps in the sums
   * @param history so far
   * @param bestStep step of the best evaluation
   * @param bestFigures its figures; empty before the first
   * @param sinceBest evaluations after it
   * @param watch what the watch goes on from; null where nobody looks
   */
  record Counters(
      long step,
      Map<String, Double> sums,
      long summed,
      List<HistoryPoint> history,
      long bestStep,
      Map<String, Double> bestFigures,
      int sinceBest,
      LoopWatch.Notes watch) {}

  byte[] encode() {
    SortedMap<String, Tensor> all = new TreeMap<>();
    TensorGroups.put(all, LEARNER, learner);
    TensorGroups.put(all, BEST, best);
    TensorGroups.put(all, FOOTING, footing);
    return Safetensors.of(all, Map.of(COUNTERS, Json.canonical(counters))).encode();
  }

  static TrainingState decode(byte[] content) {
    Safetensors file = Safetensors.decode(content);
    Counters counters =
        Json.read(file.metadata().get(COUNTERS).getBytes(StandardCharsets.UTF_8), Counters.class);
    return new TrainingState(
        counters,
        TensorGroups.get(file.tensors(), LEARNER),
        TensorGroups.get(file.tensors(), BEST),
        TensorGroups.get(file.tensors(), FOOTING));
  }
}
