package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.cli.GraftCommand;
import dev.graft.data.io.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One run to be: a folder with tiny input, a spec that is right until a test breaks it, and the
 * command line.
 */
final class Scene {
  /** Rows of the tiny IDX input. */
  static final int ROWS = 120;

  private final Path directory;
  private final List<String> arguments = new ArrayList<>();
  private Path out;
  private String spec;
  private String command = "run";
  private String specName = "spec.yaml";
  private Path store;

  /** A scene in an empty folder, with its IDX input and definitions written. */
  Scene(Path directory) {
    this.directory = directory;
    this.spec = TinySpec.spec(directory);
    this.out = directory.resolve("out");
    this.store = directory.resolve("store");
    TinyImages.idx(directory, ROWS);
    TinySpec.writeDefinitions(directory);
  }

  Path directory() {
    return directory;
  }

  /** Where the dataset is published to. */
  Path out() {
    return out;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** Replaces a piece of the spec, which must be there. */
  Scene replace(String old, String replacement) {
    assertThat(spec).contains(old);
    spec = spec.replace(old, replacement);
    return this;
  }

  /** Adds lines at the end of the spec. */
  Scene add(String lines) {
    spec = spec + lines.stripTrailing() + "\n";
    return this;
  }

  /** Gives the spec another text altogether. */
  Scene spec(String text) {
    spec = text;
    return this;
  }

  /** Reads PNG class folders below {@code images} instead of IDX files. */
  Scene fromFolders() {
    return replace("format: idx", "format: class-folders")
        .replace(
            "images: " + directory.resolve("images.idx"), "path: " + directory.resolve("images"))
        .replace("  labels: " + directory.resolve("labels.idx") + "\n", "");
  }

  /** Names another spec file on the command line than the one that is written. */
  Scene reading(String name) {
    specName = name;
    return this;
  }

  /** Uses another model store than the empty one of this scene. */
  Scene store(Path directory) {
    store = directory;
    return this;
  }

  /** Publishes to another place. */
  Scene publishTo(Path place) {
    replace("to: " + out + ",", "to: " + place + ",");
    out = place;
    return this;
  }

  /** Runs another command than {@code run}. */
  Scene command(String name) {
    command = name;
    return this;
  }

  /** Adds to the command line, behind the spec. */
  Scene with(String... more) {
    arguments.addAll(List.of(more));
    return this;
  }

  Scene writeFile(String name, byte[] content) {
    TinyImages.write(file(name), content);
    return this;
  }

  Scene writeFile(String name, String content) {
    return writeFile(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the spec and runs the command in this JVM. */
  GraftCommand.Result run() {
    writeFile("spec.yaml", spec);
    List<String> line = new ArrayList<>(List.of(command, file(specName).toString()));
    line.addAll(arguments);
    if (!arguments.contains("--runner")) {
      line.addAll(2, List.of("--runner", "direct"));
    }
    Map<String, String> environment = Map.of("GRAFT_STORE", store.toString());
    return GraftCommand.run(directory, environment, line);
  }

  /** Everything a reader of the output sees: relative name and digest; not the work folder. */
  Map<String, String> visible() {
    return visible(out());
  }

  static Map<String, String> visible(Path out) {
    Map<String, String> files = new TreeMap<>();
    if (!Files.isDirectory(out)) {
      return files;
    }
    try (Stream<Path> paths = Files.walk(out)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        String name = out.relativize(path).toString();
        if (Files.isRegularFile(path) && !name.startsWith(".")) {
          files.put(name, Storage.sha256(path.toString()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
