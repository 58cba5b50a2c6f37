package dev.graft.runner;

import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.JobListener;

/**
 * Hears of the job that this process has given to Flink, which Beam's result, there only once the
 * job has ended, cannot cancel. Flink makes it from its name, so what it hears is static.
 */
public final class SubmittedJobs implements JobListener {
  static final String SETTING = "execution.job-listeners";

  private static volatile Consumer<JobClient> listener = job -> {};

  /** Flink's. */
  public SubmittedJobs() {}

  static void tell(Consumer<JobClient> next) {
    listener = next;
  }

  @Override
  public void onJobSubmitted(JobClient job, Throwable failure) {
    if (job != null) {
      listener.accept(job);
    }
  }

  @Override
  public void onJobExecuted(JobExecutionResult result, Throwable failure) {}
}
