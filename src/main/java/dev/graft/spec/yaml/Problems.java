package dev.graft.spec.yaml;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Everything that is wrong with a document, gathered so that the user sees it all at once. */
public final class Problems {
  private record Problem(int line, String text) {}

  private final List<Problem> found = new ArrayList<>();
  private final Set<String> pointers = new HashSet<>();

  /** Adds {@code file:line: what}. */
  @FormatMethod
  public void add(Position position, @FormatString String format, Object... args) {
    addText(position, position + ": " + String.format(Locale.ROOT, format, args));
  }

  /**
   * Adds what another reader had to say of a file that this document names. Lines that begin with a
   * {@code file:line:} of their own stay as they are.
   *
   * @param position where the file is named
   * @param message one problem per line
   */
  public void include(Position position, String message) {
    message
        .lines()
        .forEach(
            line ->
                addText(position, line.matches("\\S+:\\d+: .*") ? line : position + ": " + line));
  }

  private void addText(Position position, String text) {
    Problem problem = new Problem(position.line(), text);
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  /** Remembers that the value at {@code pointer} is not to be trusted. */
  void mark(String pointer) {
    pointers.add(pointer);
  }

  /** Whether a value at or below {@code pointer} has a problem. */
  public boolean in(String pointer) {
    return pointers.stream()
        .anyMatch(place -> place.equals(pointer) || place.startsWith(pointer + "/"));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** One problem per line, in the order of the document. */
  public List<String> messages() {
    return found.stream()
        .sorted(Comparator.comparingInt(Problem::line))
        .map(Problem::text)
        .toList();
  }

  /** Fails with exit 2 and all messages, unless there are none. */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new GraftException(ExitCode.USAGE, String.join("\n", messages()));
    }
  }
}
