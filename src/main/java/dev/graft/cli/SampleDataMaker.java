package dev.graft.cli;

import dev.graft.data.io.Storage;
import dev.graft.ingest.sample.SampleData;
import dev.graft.spec.SpecFile.SampleDataSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes a spec's sample data when its place is empty. */
final class SampleDataMaker {
  /** Written first and last on an object store, where a folder cannot appear whole. */
  private static final String BEGUN = ".begun";

  private static final String WHOLE = ".whole";

  private SampleDataMaker() {}

  static boolean isThere(SampleDataSpec data) {
    String directory = data.directory();
    if (Storage.isLocal(directory)) {
      return SampleData.isThere(Path.of(directory));
    }
    return Storage.exists(Storage.resolve(directory, WHOLE))
        || !Storage.exists(Storage.resolve(directory, BEGUN)) && !Storage.list(directory).isEmpty();
  }

  static void make(SampleDataSpec data, Narrator narrator) {
    if (isThere(data)) {
      return;
    }
    narrator.note("making sample data in " + data.directory());
    if (Storage.isLocal(data.directory())) {
      SampleData.write(Path.of(data.directory()), data.kind(), data.seed(), data.perClass());
    } else {
      makeOnStore(data);
    }
  }

  private static void makeOnStore(SampleDataSpec data) {
    try {
      Path folder = Files.createTempDirectory("graft-sample-data");
      try {
        Path made = folder.resolve("data");
        SampleData.write(made, data.kind(), data.seed(), data.perClass());
        Storage.writeText(Storage.resolve(data.directory(), BEGUN), "");
        files(made).parallelStream()
            .forEach(
                file ->
                    Storage.write(
                        Storage.resolve(data.directory(), made.relativize(file).toString()),
                        Storage.read(file.toString())));
        Storage.writeText(Storage.resolve(data.directory(), WHOLE), "");
      } finally {
        Storage.delete(folder.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
