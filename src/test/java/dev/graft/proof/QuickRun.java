package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.cli.GraftCommand;
import dev.graft.cli.GraftCommand.Result;
import dev.graft.data.ExitCode;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.DatasetDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One whole run over generated pictures, from an empty folder and an empty model store. */
final class QuickRun {
  static final int PER_CLASS = 60;
  private static final String DATE = "2026-01-02";

  static final int SYNTHETIC_PER_CLASS = 20;

  private final Path directory;

  QuickRun(Path directory) {
    this.directory = directory;
    TinySpec.writeDefinitions(directory);
    String spec = TinySpec.generated(directory, PER_CLASS, SYNTHETIC_PER_CLASS);
    TinyImages.write(directory.resolve("spec.yaml"), spec.getBytes());
  }

  /** Runs {@code graft run} to its end, which must be good. */
  QuickRun run(String runner, String... beamOptions) {
    return runOn(DATE, runner, beamOptions);
  }

  /** The same for a date of its own. */
  QuickRun runOn(String date, String runner, String... beamOptions) {
    List<String> arguments = new ArrayList<>(List.of("run", directory + "/spec.yaml"));
    arguments.addAll(List.of("--run-date", date, "--runner", runner, "--"));
    arguments.addAll(List.of(beamOptions));
    Result result =
        GraftCommand.run(
            directory, Map.of("GRAFT_STORE", directory.resolve("store").toString()), arguments);
    assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitCode.DONE);
    return this;
  }

  Path published() {
    return published(DATE);
  }

  private Path published(String date) {
    return directory.resolve("out/dt=" + date);
  }

  DatasetDigest digest() {
    return digest(DATE);
  }

  DatasetDigest digest(String date) {
    return DatasetDigest.ofDirectory(published(date).toString());
  }

  /** Rows that selection says it has accepted, by class id; classes without any are left out. */
  Map<String, Long> accepted() throws IOException {
    try (Stream<Path> paths = Files.walk(directory.resolve("out/.graft/augment"))) {
      Path file = paths.filter(path -> path.endsWith("selection.json")).findFirst().orElseThrow();
      Map<String, Long> accepted = new TreeMap<>();
      int label = 0;
      for (JsonNode one : Json.read(Files.readAllBytes(file), JsonNode.class).path("classes")) {
        if (one.path("accepted").asLong() > 0) {
          accepted.put(Integer.toString(label), one.path("accepted").asLong());
        }
        label++;
      }
      return accepted;
    }
  }

  /** The attempts that all stages have made so far, and when each was last written to. */
  Map<String, Long> attempts() {
    Map<String, Long> attempts = new TreeMap<>();
    Path work = directory.resolve("out/.graft");
    try (Stream<Path> paths = Files.walk(work)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        if (path.getFileName().toString().startsWith("attempt-")) {
          attempts.put(
              work.relativize(path).toString(), Files.getLastModifiedTime(path).toMillis());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return attempts;
  }
}
