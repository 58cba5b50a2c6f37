package dev.graft.stage;

import dev.graft.data.GraftException;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * A failure that another try would meet again: Flink, whatever its restart strategy, ends the job.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class FinalFailure extends GraftException {
  private static final long serialVersionUID = 1L;

  private final boolean recorded;

  /**
   * @param recorded whether the worker has written it as the attempt's outcome
   */
  FinalFailure(GraftException failure, boolean recorded) {
    super(failure.exitCode(), failure.getMessage(), failure);
    this.recorded = recorded;
  }

  boolean recorded() {
    return recorded;
  }
}
