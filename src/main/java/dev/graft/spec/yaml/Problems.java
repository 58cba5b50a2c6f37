package dev.graft.spec.yaml;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong with a document, gathered so that the user sees it all at once. */
public final class Problems {
  private record Problem(Position position, String message) {}

  private final List<Problem> found = new ArrayList<>();

  @FormatMethod
  public void add(Position position, @FormatString String format, Object... args) {
    Problem problem = new Problem(position, String.format(format, args));
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** One line per problem, {@code file:line: what}, in the order of the lines. */
  public List<String> messages() {
    return found.stream()
        .sorted(Comparator.comparingInt(problem -> problem.position().line()))
        .map(problem -> problem.position() + ": " + problem.message())
        .toList();
  }

  /** Fails with exit 2 and all messages, unless there are none. */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new GraftException(ExitCode.USAGE, String.join("\n", messages()));
    }
  }
}
