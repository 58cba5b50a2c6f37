package dev.graft.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs single stages by {@code ./graft}, each in a process of its own.
 *
 * @param directory of the model store and the logs
 * @param heap such as {@code 2g}
 */
record StageProcess(Path directory, String heap) {
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  /**
   * What a stage took.
   *
   * @param seconds from its start to its commit
   * @param peakMb MB of resident memory at most
   */
  record Use(double seconds, double peakMb) {}

  Use run(String stage, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("./graft", stage, "--json"));
    command.addAll(List.of(arguments));
    Path log = directory.resolve(stage + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().put("GRAFT_HEAP", heap);
    builder.environment().put("GRAFT_STORE", directory.resolve("store").toString());
    Process process = builder.start();
    AtomicReference<Double> peak = new AtomicReference<>(0.0);
    Thread watch = new Thread(() -> watch(process, peak));
    watch.start();
    double seconds = -1;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode event = Json.read(line.getBytes(StandardCharsets.UTF_8), JsonNode.class);
        if (event.path("event").asText().equals("stage-finished")) {
          seconds = event.path("seconds").asDouble();
        }
      }
    }
    int status = process.waitFor();
    watch.join();
    if (status != 0 || seconds < 0) {
      throw new IllegalStateException(stage + " ended with " + status + "; see " + log);
    }
    return new Use(seconds, peak.get());
  }

  private static void watch(Process process, AtomicReference<Double> peak) {
    while (process.isAlive()) {
      try {
        Matcher now = PEAK.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
        if (now.find()) {
          peak.set(Math.max(peak.get(), Long.parseLong(now.group(1)) / 1e3));
        }
        Thread.sleep(100);
      } catch (IOException | InterruptedException e) {
        return; // it has just ended
      }
    }
  }
}
