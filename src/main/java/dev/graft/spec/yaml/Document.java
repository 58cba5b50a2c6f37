package dev.graft.spec.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;

/**
 * A YAML file, read.
 *
 * @param source the file as the user named it
 * @param tree its content, variables expanded and overrides applied
 * @param positions where each value was written
 */
public record Document(String source, JsonNode tree, Positions positions) {

  /** The value at a JSON pointer; a missing node when there is none. */
  public JsonNode at(String pointer) {
    return tree.at(pointer);
  }

  /** Adds a problem with the value at {@code pointer}. */
  @FormatMethod
  public void problem(
      Problems problems, String pointer, @FormatString String format, Object... args) {
    problems.mark(pointer);
    problems.add(positions.at(pointer), format, args);
  }
}
