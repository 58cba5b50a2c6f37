package dev.graft.generate;

import dev.graft.data.Counters;
import dev.graft.data.json.Json;
import dev.graft.model.Answers;
import dev.graft.model.ServiceUse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came of the draws of a range from a generator that asks a service: which samples came to
 * nothing and why, and what it took. Candidate files have it in their footer.
 */
final class AnswerLog {
  private static final String FOOTER = "graft.answers";

  private final Map<Integer, String> nothing = new TreeMap<>();
  private ServiceUse use = ServiceUse.NONE;
  private long sent;
  private long kept;

  /**
   * @param nothing reason of each sample that came to nothing, by its offset in the range,
   *     ascending
   * @param use of the service
   */
  record Content(Map<Integer, String> nothing, ServiceUse use) {
    Content {
      nothing = Collections.unmodifiableMap(new TreeMap<>(nothing));
    }
  }

  /**
   * @param offset of the call's first sample in the range
   */
  void add(int offset, Answers answers) {
    answers.nothing().forEach((row, reason) -> nothing.put(offset + row, reason));
    use = use.plus(answers.use());
    sent += answers.sent();
    kept += answers.kept();
  }

  /** Offsets of samples that came to nothing, ascending. */
  int[] offsets() {
    return nothing.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  boolean isNothing(int offset) {
    return nothing.containsKey(offset);
  }

  /** Counts what was asked, in the bundle of this thread. */
  void count() {
    if (use.equals(ServiceUse.NONE)) {
      return;
    }
    Counters.named("questions").inc(use.questions());
    Counters.named("questions-kept").inc(kept);
    Counters.named("requests").inc(sent);
    Counters.named("prompt-tokens").inc(use.promptTokens());
    Counters.named("completion-tokens").inc(use.completionTokens());
    use.nothing().forEach((reason, count) -> Counters.named("no-answer." + reason).inc(count));
  }

  /** For a file's footer; nothing where no service was asked. */
  Map<String, String> footer() {
    return use.equals(ServiceUse.NONE)
        ? Map.of()
        : Map.of(FOOTER, Json.canonical(new Content(nothing, use)));
  }

  /** What a file's footer says, if a service was asked. */
  static Optional<Content> read(Map<String, String> footer) {
    return Optional.ofNullable(footer.get(FOOTER))
        .map(text -> Json.read(text.getBytes(StandardCharsets.UTF_8), Content.class));
  }
}
