package dev.graft.evaluate.evidence;

import java.util.List;

/**
 * Candidates that one rule refused.
 *
 * @param reason as counted, such as {@code realism:min}
 * @param rule the rule in words, with its bound
 * @param count how many it refused
 * @param examples a few of them
 */
public record RefusedExamples(String reason, String rule, long count, List<Picture> examples) {
  public RefusedExamples {
    examples = List.copyOf(examples);
  }
}
