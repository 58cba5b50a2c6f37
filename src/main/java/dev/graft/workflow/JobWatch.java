package dev.graft.workflow;

import dev.graft.data.ExitCode;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.runner.JobCounters;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageOutput;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the stages of a running job by their commits: tells when each begins and ends, and notes
 * it in the attempts' folders. A job of one stage is told by its end.
 */
final class JobWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);
  private static final long LOCAL_MILLIS = 250;
  private static final long REMOTE_MILLIS = 5000;

  private final StageJob job;
  private final JobTeller teller;
  private final List<StageOutput> outputs = new ArrayList<>();
  private final List<LaunchNote> notes = new ArrayList<>();
  private final ScheduledExecutorService clock;
  private LaunchNote note;
  private long start;

  JobWatch(StageJob job, JobTeller teller) {
    this.job = job;
    this.teller = teller;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "graft-job-watch");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Begins with the job's first stage.
   *
   * @throws UncheckedIOException when its attempt's folder cannot be written to
   */
  synchronized void start() {
    begin();
    note.write(part().context().attemptDirectory());
    if (job.parts().size() > 1) {
      boolean local = Storage.isLocal(part().context().workDirectory());
      long millis = local ? LOCAL_MILLIS : REMOTE_MILLIS;
      clock.scheduleWithFixedDelay(this::glance, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** The stage that is at work, or has failed; none when all have committed. */
  synchronized Optional<StageContext> current() {
    return outputs.size() < job.parts().size() ? Optional.of(part().context()) : Optional.empty();
  }

  private StageJob.Part part() {
    return job.parts().get(outputs.size());
  }

  /** Outputs of the stages that have committed, in order. */
  synchronized List<StageOutput> outputs() {
    return List.copyOf(outputs);
  }

  /** Moves on over all stages that have committed. */
  synchronized void look() {
    for (Optional<StageContext> at = current();
        at.isPresent() && committed(at.get());
        at = current()) {
      finish(at.get());
      if (current().isPresent()) {
        begin();
        note.tryToWrite(part().context().attemptDirectory());
      }
    }
  }

  /** What the job has counted, told and noted for every stage that has committed. */
  synchronized void count(JobCounters counters) {
    for (int at = 0; at < outputs.size(); at++) {
      StageJob.Part part = job.parts().get(at);
      Map<String, Long> counted =
          job.parts().size() == 1 ? counters.all() : counters.below(part.step());
      if (!counted.isEmpty()) {
        notes.get(at).counted(counted).tryToWrite(part.context().attemptDirectory());
        teller.counted(part, counted);
      }
    }
  }

  /** The stage at work has failed, if one is. */
  synchronized void fail(Outcome outcome) {
    current()
        .ifPresent(
            context -> {
              note.end(outcome).tryToWrite(context.attemptDirectory());
              teller.failed(part(), outcome);
            });
  }

  private void glance() {
    try {
      look();
    } catch (UncheckedIOException e) {
      LOG.debug("cannot see how far {} is", job.name(), e);
    }
  }

  private static boolean committed(StageContext context) {
    String marker = Storage.resolve(context.directory(), StageContext.SUCCESS);
    if (!Storage.exists(marker)) {
      return false;
    }
    return Outcome.read(context).filter(outcome -> outcome.code() == 0).isPresent()
        || Json.read(Storage.read(marker), StageOutput.class).attempt().equals(context.attempt());
  }

  private void begin() {
    note = LaunchNote.begin();
    start = System.nanoTime();
    teller.started(part());
  }

  private void finish(StageContext context) {
    StageOutput output = context.input(context.stage());
    LaunchNote ended = note.end(new Outcome(ExitCode.DONE.code(), "", context.attempt()));
    ended.tryToWrite(context.attemptDirectory());
    notes.add(ended);
    teller.finished(part(), output, Duration.ofNanos(System.nanoTime() - start));
    outputs.add(output);
  }

  /** Ends the watching, not the job. */
  @Override
  public void close() {
    clock.shutdown();
  }
}
