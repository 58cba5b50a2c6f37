package dev.graft.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code graft run SPEC --json} in a JVM of its own, which can be killed. */
final class ChildRun {
  private final Process process;
  private final Path output;
  private final Path errors;

  private ChildRun(Process process, Path output, Path errors) {
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  /** Starts the command; what it prints goes to {@code <name>.out} and {@code <name>.err}. */
  static ChildRun start(Path directory, String name, String... beamOptions) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                directory.resolve("spec.yaml").toString(),
                "--run-date",
                "2026-01-02",
                "--json",
                "--runner",
                "DirectRunner",
                "--"));
    arguments.addAll(List.of(beamOptions));
    return command(
        directory.resolve(name), directory.resolve("store"), List.of("-Xmx1500m"), arguments);
  }

  /**
   * Starts {@code graft ARGUMENTS}.
   *
   * @param output what it prints goes to this name and {@code .out} or {@code .err}
   * @param jvm options of the Java machine
   */
  static ChildRun command(Path output, Path store, List<String> jvm, List<String> arguments) {
    return command(output, store, jvm, arguments, List.of());
  }

  /**
   * The same.
   *
   * @param variables of the environment, each {@code NAME=value}
   */
  static ChildRun command(
      Path output, Path store, List<String> jvm, List<String> arguments, List<String> variables) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.graft.cli.Main"));
    command.addAll(arguments);
    Path out = output.resolveSibling(output.getFileName() + ".out");
    Path errors = output.resolveSibling(output.getFileName() + ".err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectOutput(out.toFile()).redirectError(errors.toFile());
    builder.environment().put("GRAFT_STORE", store.toString());
    builder.environment().put("GRAFT_HOME", Path.of("").toAbsolutePath().toString());
    for (String variable : variables) {
      int equals = variable.indexOf('=');
      builder.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    try {
      return new ChildRun(builder.start(), out, errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The events so far, in order. */
  List<JsonNode> events() {
    List<JsonNode> events = new ArrayList<>();
    for (String line : text(output).split("\n", -1)) {
      // A line that is being written, or was when the process died, has no closing brace.
      if (line.startsWith("{") && line.endsWith("}")) {
        events.add(Json.read(line.getBytes(StandardCharsets.UTF_8), JsonNode.class));
      }
    }
    return events;
  }

  /** The event of this name about this stage. */
  Optional<JsonNode> event(String name, String stage) {
    return events().stream()
        .filter(event -> event.path("event").asText().equals(name))
        .filter(event -> event.path("stage").asText().equals(stage))
        .findFirst();
  }

  /** Waits until a stage has started. */
  void awaitStart(String stage) {
    while (event("stage-started", stage).isEmpty()) {
      if (!process.isAlive()) {
        throw new IllegalStateException("ended before " + stage + ": " + everything());
      }
      sleep(5);
    }
  }

  /** SIGKILL; false when the process had ended by itself. */
  boolean kill() {
    boolean alive = process.isAlive();
    process.destroyForcibly();
    await();
    return alive && process.exitValue() != 0;
  }

  /** Waits for the end and gives the exit status. */
  int await() {
    try {
      if (!process.waitFor(15, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("no end within 15 minutes: " + everything());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The message that it has ended with; empty when it has not failed. */
  String said() {
    return events().stream()
        .filter(event -> event.path("event").asText().equals("failed"))
        .map(event -> event.path("message").asText())
        .reduce("", (before, message) -> message);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String everything() {
    return text(output) + text(errors);
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
