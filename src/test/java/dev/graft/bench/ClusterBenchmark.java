package dev.graft.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.graft.data.io.Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * AUGMENT with the default scorers on a Flink cluster of one task manager and on one of two, and
 * how long each step of its job took, beside a bare loop of one thread and of two. Start-up is left
 * out by the time that 10,000 rows take on the same, warm, cluster.
 *
 * <p>Arguments: rows.
 */
public final class ClusterBenchmark {
  private static final int START_UP = 10_000;
  private static final int ROUNDS = 2;
  private static final Path DIRECTORY = Path.of("target/cluster-benchmark").toAbsolutePath();
  private static final String SCRIPT = "config/deploy/flink/local-cluster";

  private final Path base;
  private int date;

  private ClusterBenchmark(Path base) {
    this.base = base;
  }

  public static void main(String[] arguments) throws Exception {
    int rows = Integer.parseInt(arguments[0]);
    Storage.delete(DIRECTORY.toString());
    Files.createDirectories(DIRECTORY);
    PictureFiles pictures = PictureFiles.any();
    Path base = DIRECTORY.resolve("base");
    pictures.write(base, pictures.count());
    Path spec = ScaleSpec.write(base, base, START_UP);
    StageProcess local = new StageProcess(DIRECTORY, "2g");
    local.run("ingest", spec.toString());
    local.run("train", spec.toString());
    bareLoop(rows);
    ClusterBenchmark benchmark = new ClusterBenchmark(base);
    double one = benchmark.rate(1, rows);
    double two = benchmark.rate(2, rows);
    System.out.printf("two task managers over one: %.2f%n", two / one);
    Storage.delete(DIRECTORY.toString());
  }

  /** What this machine makes of a second thread, when nothing but the arithmetic is done. */
  private static void bareLoop(int rows) throws Exception {
    BenchmarkInputs inputs =
        BenchmarkInputs.train(
            Path.of("models"),
            DIRECTORY.resolve("bare-store").toString(),
            AugmentBenchmark.TRAINING_STEPS);
    BareLoop loop = BareLoop.of(inputs, AugmentBenchmark.DEFAULT_RULES);
    loop.run(START_UP, 2, 0);
    Rate one = loop.run(rows, 1, 1);
    Rate two = loop.run(rows, 2, 2);
    System.out.printf(
        "a bare loop of the same arithmetic: one thread %s, two threads %s: %.2f%n",
        one, two, two.rowsPerSecond() / one.rowsPerSecond());
  }

  /** Rows per second of the best round. */
  private double rate(int taskManagers, int rows) throws Exception {
    String dir = DIRECTORY.resolve("cluster-" + taskManagers).toString();
    String address = script("start", "--task-managers", "" + taskManagers, "--dir", dir);
    try {
      augment(address, rows);
      double startUp = augment(address, START_UP);
      double best = 0;
      for (int round = 0; round < ROUNDS; round++) {
        double seconds = augment(address, rows);
        double rate = (rows - START_UP) / (seconds - startUp);
        best = Math.max(best, rate);
        System.out.printf(
            "%d task managers: %,d rows in %.1f s, %,d in %.1f s: %,.0f rows a second%n",
            taskManagers, START_UP, startUp, rows, seconds, rate);
        steps(address);
      }
      return best;
    } finally {
      script("stop", "--dir", dir);
    }
  }

  private double augment(String address, int rows) throws IOException, InterruptedException {
    date++;
    return new StageProcess(DIRECTORY, "1g")
        .run(
            "augment",
            ScaleSpec.write(base, base, rows).toString(),
            "--run-date",
            String.format("2026-01-%02d", date),
            "--runner",
            "flink",
            "--",
            "--flinkMaster=" + address)
        .seconds();
  }

  /** When the steps of the newest job began and how long they took. */
  private static void steps(String address) throws IOException {
    JsonNode newest = null;
    for (JsonNode job : get(address, "/jobs/overview").path("jobs")) {
      if (newest == null || job.path("start-time").asLong() > newest.path("start-time").asLong()) {
        newest = job;
      }
    }
    JsonNode job = get(address, "/jobs/" + newest.path("jid").asText());
    for (JsonNode step : job.path("vertices")) {
      if (step.path("duration").asLong() > 500) {
        String name = step.path("name").asText();
        System.out.printf(
            "  from %5.1f s for %5.1f s, %d at a time: %s%n",
            (step.path("start-time").asLong() - job.path("start-time").asLong()) / 1e3,
            step.path("duration").asLong() / 1e3,
            step.path("parallelism").asInt(),
            name.substring(0, Math.min(name.length(), 100)));
      }
    }
  }

  private static JsonNode get(String address, String path) throws IOException {
    return new ObjectMapper().readTree(URI.create("http://" + address + path).toURL());
  }

  private static String script(String command, String... arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(SCRIPT, command));
    line.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(line + " failed: " + text);
    }
    return text;
  }
}
