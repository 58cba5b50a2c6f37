package dev.graft.model.chat;

import java.util.List;

/**
 * How a question was answered in the end.
 *
 * @param texts of the answer; none of one that cannot be used
 * @param problem why there are none, or fewer than were asked for; empty when all is well
 * @param promptTokens that all tries together have had read
 * @param completionTokens that they have had written
 */
record KeptAnswer(List<String> texts, String problem, long promptTokens, long completionTokens) {
  KeptAnswer {
    texts = List.copyOf(texts);
  }
}
