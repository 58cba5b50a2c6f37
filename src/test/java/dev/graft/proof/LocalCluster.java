package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import dev.graft.runner.OwnClasses;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The Flink cluster of {@code config/deploy/flink/local-cluster}, with the libraries of this test.
 */
final class LocalCluster implements AutoCloseable {
  private final Path directory;
  private final Path libraries;
  private String address = "";

  /** A cluster with all libraries; nothing is started yet. */
  LocalCluster(Path directory) {
    this(directory, name -> true);
  }

  /** A cluster with the jars whose names {@code chosen} takes. */
  LocalCluster(Path directory, Predicate<String> chosen) {
    this.directory = directory;
    this.libraries = directory.resolve("lib");
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      if (entry.endsWith(".jar") && chosen.test(jar.getFileName().toString())) {
        link(jar);
      }
    }
  }

  private void link(Path jar) {
    try {
      Files.createDirectories(libraries);
      Path link = libraries.resolve(jar.getFileName());
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, jar);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Graft's classes as they are now, as a jar among the libraries. */
  void addOwnClasses() {
    Path classes = OwnClasses.location();
    Path jar = libraries.resolve("graft.jar");
    try (Stream<Path> files = Files.walk(classes);
        FileSystem target = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path entry = target.getPath("/", classes.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(entry);
        } else {
          Files.copy(file, entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Brings up what does not run yet, at the port it had before; gives the value of {@code
   * --flinkMaster}.
   */
  String start(int taskManagers) {
    List<String> options = new ArrayList<>(List.of("--task-managers", "" + taskManagers));
    options.addAll(List.of("--lib", libraries.toString()));
    if (!address.isEmpty()) {
      options.addAll(List.of("--port", address.substring(address.lastIndexOf(':') + 1)));
    }
    Ended ended = command("start", options.toArray(String[]::new));
    assertThat(ended.status()).as(ended.text()).isZero();
    address = ended.text().lines().reduce("", (before, line) -> line);
    return address;
  }

  /**
   * How the script ended.
   *
   * @param text all that it said
   */
  record Ended(int status, String text) {}

  Ended command(String command, String... arguments) {
    List<String> line =
        new ArrayList<>(List.of("config/deploy/flink/local-cluster", command, "--dir"));
    line.add(directory.toString());
    line.addAll(List.of(arguments));
    try {
      Files.createDirectories(directory);
      Path output = directory.resolve(command + ".out");
      Process process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      assertThat(process.waitFor(4, TimeUnit.MINUTES)).as("%s ends", line).isTrue();
      return new Ended(process.exitValue(), Files.readString(output).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** SIGKILL to a process of the cluster, such as {@code taskmanager-1}, unless it is gone. */
  void kill(String name) {
    find(name)
        .ifPresent(
            process -> {
              process.destroyForcibly();
              process.onExit().join();
            });
  }

  /** State of each job that the cluster knows, by name. */
  Map<String, String> jobs() {
    Map<String, String> jobs = new TreeMap<>();
    try (InputStream answer =
        URI.create("http://" + address + "/jobs/overview").toURL().openStream()) {
      for (JsonNode job : Json.read(answer.readAllBytes(), JsonNode.class).path("jobs")) {
        jobs.put(job.path("name").asText(), job.path("state").asText());
      }
      return jobs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Processor time of a process of the cluster. */
  Duration computed(String name) {
    return process(name).info().totalCpuDuration().orElseThrow();
  }

  /** The value of {@code --flinkMaster}. */
  String address() {
    return address;
  }

  /** Changes a setting for processes that start from now on; gives what it was. */
  String set(String setting, String value) {
    Path file = directory.resolve("conf/config.yaml");
    try {
      String text = Files.readString(file);
      String line =
          text.lines().filter(one -> one.startsWith(setting + ":")).findFirst().orElseThrow();
      Files.writeString(file, text.replace(line, setting + ": " + value));
      return line.substring(setting.length() + 1).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a signal, such as {@code STOP}, to both task managers. */
  void signal(String signal) {
    for (String name : List.of("taskmanager-1", "taskmanager-2")) {
      try {
        new ProcessBuilder("kill", "-" + signal, "" + process(name).pid()).start().waitFor();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  ProcessHandle process(String name) {
    return find(name).orElseThrow();
  }

  private Optional<ProcessHandle> find(String name) {
    try {
      long pid = Long.parseLong(Files.readString(directory.resolve(name + ".pid")).strip());
      return ProcessHandle.of(pid);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often a task whose name holds {@code step} has begun on a task manager. */
  long tasks(int taskManager, String step) {
    try (var lines = Files.lines(directory.resolve("log/taskmanager-" + taskManager + ".log"))) {
      return lines.filter(line -> line.contains("Received task") && line.contains(step)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    assertThat(command("stop").status()).isZero();
  }
}
