package dev.graft.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import dev.graft.stage.OutputFiles;
import dev.graft.stage.StageOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The work folder of a spec {@code s.yaml}, filled by hand: no stage is run. */
final class WorkFolder {
  private static final String SPEC =
      """
      name: shapes
      source: {format: class-folders, path: pictures}
      image: {size: 28}
      model: {define: models/image-vae.yaml}
      augment: {synthetic: {per-class: 10}}
      publish: {to: out}
      """;

  private final Path folder;
  private final Map<String, JsonNode> stages = new HashMap<>();

  private WorkFolder(Path folder) {
    this.folder = folder;
    json("plan", folder)
        .path("stages")
        .forEach(stage -> stages.put(stage.path("stage").asText().toLowerCase(), stage));
  }

  static WorkFolder make(Path folder) throws IOException {
    Files.writeString(folder.resolve("s.yaml"), SPEC);
    CommandRun.in(folder, "sample-data", "pictures", "--per-class", "1");
    return new WorkFolder(folder);
  }

  /** What a command says of the spec as JSON. */
  static JsonNode json(String command, Path folder) {
    return json(command, folder, "s.yaml");
  }

  static JsonNode json(String command, Path folder, String spec) {
    return Json.read(
        CommandRun.in(folder, command, spec, "--json").out().getBytes(StandardCharsets.UTF_8),
        JsonNode.class);
  }

  String fingerprint(String stage) {
    return stages.get(stage).path("fingerprint").asText();
  }

  Path directory(String stage) {
    return Path.of(stages.get(stage).path("directory").asText());
  }

  Path file(String stage, String relative, String text) throws IOException {
    return write(directory(stage).resolve(relative), text);
  }

  /** A committed stage of the present fingerprint. */
  Path commit(String stage, String attempt, String summary) throws IOException {
    file(stage, "attempt-" + attempt + "/stage.json", summary);
    Path folder = directory(stage);
    OutputFiles.write(folder.resolve("attempt-" + attempt).toString());
    JsonNode figures = Json.read(summary.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    new StageOutput(stage, fingerprint(stage), attempt, figures, "").commit(folder.toString());
    return folder.resolve("_SUCCESS");
  }

  void note(String stage, String attempt, String begun, String ended, int code, String reason)
      throws IOException {
    file(
        stage,
        "attempt-" + attempt + "/launch.json",
        Json.pretty(Map.of("begun", begun, "ended", ended, "code", code, "reason", reason)));
  }

  /** A published dataset, made of stages whose fingerprints are all {@code stages}. */
  Path publish(String name, String publication, String stages) throws IOException {
    Path place = folder.resolve("out").resolve(name);
    Map<String, String> fingerprints = new HashMap<>();
    List.of("ingest", "train", "augment", "evaluate").forEach(key -> fingerprints.put(key, stages));
    fingerprints.put("publish", publication);
    write(
        place.resolve("manifest.json"),
        Json.pretty(
            Map.of(
                "fingerprint",
                publication,
                "fingerprints",
                fingerprints,
                "models",
                Map.of("generator", Map.of("digest", "d".repeat(64))))));
    write(place.resolve("_SUCCESS"), Json.pretty(Map.of("fingerprint", publication)));
    return place;
  }

  /** Holds the place as another process would. */
  FileChannel hold() throws IOException {
    FileChannel channel =
        FileChannel.open(write(folder.resolve("out/.graft/.lock"), ""), StandardOpenOption.WRITE);
    channel.lock();
    return channel;
  }

  static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** As if nothing in it had been written to for so many days. */
  static Path age(Path root, int days) throws IOException {
    FileTime time = FileTime.from(Instant.now().minus(Duration.ofDays(days)));
    try (Stream<Path> paths = Files.walk(root)) {
      paths.forEach(path -> set(path, time));
    }
    return root;
  }

  private static void set(Path path, FileTime time) {
    try {
      Files.setLastModifiedTime(path, time);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
