package dev.graft.spec.yaml;

/**
 * Where a value was written.
 *
 * @param source a file as the user named it, or {@code --set key=value}
 * @param line from 1; 0 when the source has no lines
 * @param column from 1; 0 when the source has no lines
 */
public record Position(String source, int line, int column) {

  /** {@code file:line}, or the source alone. */
  @Override
  public String toString() {
    return line > 0 ? source + ":" + line : source;
  }
}
