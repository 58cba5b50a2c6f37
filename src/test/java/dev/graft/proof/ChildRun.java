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
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1500m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.graft.cli.Main",
                "run",
                directory.resolve("spec.yaml").toString(),
                "--run-date",
                "2026-01-02",
                "--json",
                "--runner",
                "DirectRunner",
                "--"));
    command.addAll(List.of(beamOptions));
    Path output = directory.resolve(name + ".out");
    Path errors = directory.resolve(name + ".err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().put("GRAFT_STORE", directory.resolve("store").toString());
    builder.environment().put("GRAFT_HOME", Path.of("").toAbsolutePath().toString());
    try {
      return new ChildRun(builder.start(), output, errors);
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
