package dev.graft.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.spec.yaml.Document;
import dev.graft.spec.yaml.Nearest;
import dev.graft.spec.yaml.Problems;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Supplier;

/** What the readers of the sections share. */
record SpecReading(
    Document document, Problems problems, Vocabulary vocabulary, SpecRequest request) {

  JsonNode at(String pointer) {
    return document.at(pointer);
  }

  boolean has(String pointer) {
    return !document.at(pointer).isMissingNode();
  }

  String text(String pointer) {
    return document.at(pointer).asText("");
  }

  int line(String pointer) {
    return document.positions().line(pointer);
  }

  /** Whether the value is there and of the schema's shape. */
  boolean sound(String pointer) {
    return has(pointer) && !problems.in(pointer);
  }

  @FormatMethod
  void problem(String pointer, @FormatString String format, Object... args) {
    document.problem(problems, pointer, format, args);
  }

  /** Adds a problem unless {@code name} is one of {@code known}. */
  boolean known(String pointer, String what, String name, Collection<String> known) {
    if (known.contains(name)) {
      return true;
    }
    problem(
        pointer,
        "unknown %s \"%s\"; known: %s%s",
        what,
        name,
        known.isEmpty() ? "none" : String.join(", ", known),
        Nearest.hint(name, known));
    return false;
  }

  /** The value of {@code read}, or {@code otherwise} with the reason added as a problem. */
  <T> T attempt(String pointer, T otherwise, Supplier<T> read) {
    try {
      return read.get();
    } catch (GraftException e) {
      problems.include(document.positions().at(pointer), e.getMessage());
      return otherwise;
    }
  }

  /** A location as an absolute one. */
  String absolute(String location) {
    return Storage.isLocal(location)
        ? request.workingDirectory().resolve(Path.of(location)).normalize().toString()
        : location;
  }

  /** A file to open, as short as it can be named. */
  Path readable(String file) {
    boolean here = request.workingDirectory().equals(Path.of("").toAbsolutePath());
    return here ? Path.of(file) : request.workingDirectory().resolve(file);
  }

  /** {@code 1.5} or {@code 5x}. */
  static double factor(JsonNode value) {
    return value.isNumber()
        ? value.doubleValue()
        : Double.parseDouble(value.textValue().replace("x", ""));
  }
}
