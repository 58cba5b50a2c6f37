package dev.graft.bench;

import dev.graft.data.io.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a row costs INGEST, and AUGMENT with the default scorers, at 100,000 and at one million 28 x
 * 28 pictures, each in a process of its own with the same heap: the pictures of Fashion-MNIST again
 * and again where {@code GRAFT_DATA} is set, else drawn ones. Start-up is left out by the time that
 * 10,000 rows take.
 *
 * <p>Arguments: heap of the measured processes, numbers of rows.
 */
public final class ScaleBenchmark {
  private static final int START_UP = 10_000;
  private static final Path DIRECTORY = Path.of("target/scale").toAbsolutePath();

  private final String heap;

  private ScaleBenchmark(String heap) {
    this.heap = heap;
  }

  public static void main(String[] arguments) throws Exception {
    Storage.delete(DIRECTORY.toString());
    Files.createDirectories(DIRECTORY);
    ScaleBenchmark benchmark = new ScaleBenchmark(arguments[0]);
    List<Integer> sizes = List.of(arguments).stream().skip(1).map(Integer::parseInt).toList();
    PictureFiles pictures = PictureFiles.any();
    benchmark.compare(
        "ingest",
        sizes,
        rows -> {
          Path place = DIRECTORY.resolve("ingest-" + rows);
          pictures.write(place, rows);
          return benchmark.stage("ingest", ScaleSpec.write(place, place, START_UP));
        });
    Path base = DIRECTORY.resolve("augment");
    pictures.write(base, pictures.count());
    benchmark.stage("ingest", ScaleSpec.write(base, base, START_UP));
    benchmark.stage("train", ScaleSpec.write(base, base, START_UP));
    benchmark.compare(
        "augment", sizes, rows -> benchmark.stage("augment", ScaleSpec.write(base, base, rows)));
    Storage.delete(DIRECTORY.toString());
  }

  private interface Measured {
    StageProcess.Use of(int rows) throws Exception;
  }

  private void compare(String stage, List<Integer> sizes, Measured measured) throws Exception {
    StageProcess.Use startUp = measured.of(START_UP);
    System.out.printf(
        "%s: -Xmx%s, %,d rows in %.1f s (start-up, left out below), %.0f MB resident%n",
        stage, heap, START_UP, startUp.seconds(), startUp.peakMb());
    double first = 0;
    for (int rows : sizes) {
      StageProcess.Use use = measured.of(rows);
      double micros = 1e6 * (use.seconds() - startUp.seconds()) / (rows - START_UP);
      first = first == 0 ? micros : first;
      System.out.printf(
          "  %,9d rows: %.1f s, %.1f us a row (%.2f of the first), %.0f MB resident at most%n",
          rows, use.seconds(), micros, micros / first, use.peakMb());
    }
  }

  private StageProcess.Use stage(String stage, Path spec) throws IOException, InterruptedException {
    return new StageProcess(DIRECTORY, heap).run(stage, spec.toString());
  }
}
