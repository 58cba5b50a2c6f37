package dev.graft.runner;

import dev.graft.data.Counters;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;

/**
 * What the steps of a job have counted in the namespace {@link Counters#NAMESPACE}. These are
 * attempts: work that was done twice, after a failure, counts twice.
 *
 * @param steps by a step's full name, the values by the counters' names
 */
public record JobCounters(Map<String, Map<String, Long>> steps) {
  /** Of a job that tells nothing. */
  public static final JobCounters NONE = new JobCounters(Map.of());

  static JobCounters of(PipelineResult result) {
    Map<String, Map<String, Long>> steps = new TreeMap<>();
    MetricsFilter ours =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.inNamespace(Counters.NAMESPACE))
            .build();
    try {
      for (MetricResult<Long> counter : result.metrics().queryMetrics(ours).getCounters()) {
        steps
            .computeIfAbsent(counter.getKey().stepName(), step -> new TreeMap<>())
            .merge(counter.getName().getName(), counter.getAttempted(), Long::sum);
      }
    } catch (UnsupportedOperationException e) {
      return NONE; // the runner keeps none
    }
    return new JobCounters(steps);
  }

  /** Of all steps together, in the order of their names. */
  public Map<String, Long> all() {
    return sum("");
  }

  /** Of the steps below this one. */
  public Map<String, Long> below(String step) {
    return sum(step + "/");
  }

  private Map<String, Long> sum(String prefix) {
    Map<String, Long> sum = new TreeMap<>();
    steps.entrySet().stream()
        .filter(step -> step.getKey().startsWith(prefix))
        .flatMap(step -> step.getValue().entrySet().stream())
        .forEach(counter -> sum.merge(counter.getKey(), counter.getValue(), Long::sum));
    return sum;
  }
}
