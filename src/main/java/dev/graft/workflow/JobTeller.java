package dev.graft.workflow;

import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageOutput;
import dev.graft.workflow.notice.Lineage;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is told of the stages of a job.
 *
 * @param listener of the launch
 * @param lineage of the launch
 */
record JobTeller(RunListener listener, Lineage lineage) {
  private static final Logger LOG = LoggerFactory.getLogger(JobTeller.class);

  void started(StageJob.Part part) {
    StageContext context = part.context();
    listener.started(context.stage(), context.fingerprint(context.stage()));
    lineage.started(context, part.stage().inputs());
  }

  void finished(StageJob.Part part, StageOutput output, Duration duration) {
    lineage.finished(part.context(), part.stage().inputs(), output);
    listener.finished(part.stage().name(), output.summary(), duration);
  }

  void counted(StageJob.Part part, Map<String, Long> counters) {
    listener.counted(part.stage().name(), counters);
    LOG.info(
        "{}: {}",
        part.stage().name().key(),
        counters.entrySet().stream()
            .map(counter -> counter.getKey() + " " + counter.getValue())
            .collect(Collectors.joining(", ")));
  }

  void failed(StageJob.Part part, Outcome outcome) {
    listener.failed(part.stage().name(), outcome.reason());
    lineage.failed(part.context(), part.stage().inputs(), outcome);
  }
}
