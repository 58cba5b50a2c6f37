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
 * @param weights being trained
 * @param average their moving average; empty without one
 * @param moments of the optimizer
 * @param best weights so far; empty before the first evaluation
 */
record TrainingState(
    Counters counters,
    SortedMap<String, Tensor> weights,
    SortedMap<String, Tensor> average,
    SortedMap<String, Tensor> moments,
    SortedMap<String, Tensor> best) {
  private static final String COUNTERS = "counters";

  /**
   * @param step updates done
   * @param sums of the training figures since the last evaluation
   * @param summed steps in the sums
   * @param history so far
   * @param bestStep step of the best evaluation
   * @param bestFigures its figures; empty before the first
   * @param sinceBest evaluations after it
   */
  record Counters(
      long step,
      Map<String, Double> sums,
      long summed,
      List<HistoryPoint> history,
      long bestStep,
      Map<String, Double> bestFigures,
      int sinceBest) {}

  byte[] encode() {
    SortedMap<String, Tensor> all = new TreeMap<>();
    weights.forEach((name, tensor) -> all.put("weights/" + name, tensor));
    average.forEach((name, tensor) -> all.put("average/" + name, tensor));
    moments.forEach((name, tensor) -> all.put("moments/" + name, tensor));
    best.forEach((name, tensor) -> all.put("best/" + name, tensor));
    return Safetensors.of(all, Map.of(COUNTERS, Json.canonical(counters))).encode();
  }

  static TrainingState decode(byte[] content) {
    Safetensors file = Safetensors.decode(content);
    Counters counters =
        Json.read(file.metadata().get(COUNTERS).getBytes(StandardCharsets.UTF_8), Counters.class);
    return new TrainingState(
        counters,
        group(file, "weights/"),
        group(file, "average/"),
        group(file, "moments/"),
        group(file, "best/"));
  }

  private static SortedMap<String, Tensor> group(Safetensors file, String prefix) {
    SortedMap<String, Tensor> group = new TreeMap<>();
    file.tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(prefix)) {
                group.put(name.substring(prefix.length()), tensor);
              }
            });
    return group;
  }
}
