package dev.graft.model.chat;

import java.time.Duration;

/** What came back for one request. */
sealed interface Reply {
  /**
   * An answer.
   *
   * @param text what the model says
   * @param promptTokens that it has read, by the service's count; 0 where it does not count
   * @param completionTokens that it has written
   */
  record Said(String text, long promptTokens, long completionTokens) implements Reply {}

  /**
   * None.
   *
   * @param reason one word
   * @param again whether another try may mend it
   * @param after how long the service asks to wait; zero where it does not say
   */
  record Failed(String reason, boolean again, Duration after) implements Reply {
    static Failed again(String reason) {
      return new Failed(reason, true, Duration.ZERO);
    }
  }
}
