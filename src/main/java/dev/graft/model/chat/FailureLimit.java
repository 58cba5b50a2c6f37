package dev.graft.model.chat;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Ends a run whose questions come to nothing too often. Counts in this process. Thread-safe. */
final class FailureLimit {
  /** Questions without an answer that say nothing yet, whatever their share. */
  private static final int FEW = 10;

  private final double most;
  private final Map<String, Long> reasons = new TreeMap<>();
  private long asked;
  private long failed;

  /**
   * @param most share of the questions, 0 to 1
   */
  FailureLimit(double most) {
    this.most = most;
  }

  synchronized void answered() {
    asked++;
  }

  /**
   * @param reason why a question has come to nothing
   * @param unusable whether the service did answer
   * @throws GraftException when it is one too many: (exit 3) of answers that cannot be used, (exit
   *     1) of a service that does not answer
   */
  synchronized void failed(String reason, boolean unusable) {
    asked++;
    failed++;
    reasons.merge(reason, 1L, Long::sum);
    if (failed < FEW || failed <= most * asked) {
      return;
    }
    String message =
        String.format(
            Locale.ROOT,
            "%d of %d questions to the chat service came to nothing (%s), more than"
                + " architecture.service.calls.most-failed allows, %s; %s",
            failed,
            asked,
            reasons,
            most,
            unusable
                ? "see that prompt and architecture.answer.schema agree, or take a better model"
                : "see that it is there, ask more slowly (calls.per-second, calls.concurrency) or"
                    + " wait longer (calls.time-out, calls.tries); answers so far are kept");
    boolean forGood = unusable && Collections.max(reasons.values()).equals(reasons.get(reason));
    asked = 0;
    failed = 0;
    reasons.clear();
    throw new GraftException(forGood ? ExitCode.INPUT : ExitCode.TRANSIENT, message);
  }
}
