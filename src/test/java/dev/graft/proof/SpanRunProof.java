package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.cli.GraftCommand;
import dev.graft.cli.GraftCommand.Result;
import dev.graft.data.ExitCode;
import dev.graft.data.parquet.DatasetDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs over requests whose cities and days are spans, by a language model. */
@Tag("slow")
class SpanRunProof {
  private static final String SPEC =
      """
      name: slots
      modality: text
      seed: 5
      source:
        format: jsonl
        path: %1$s/slots.jsonl
        text: utterance
        label: intent
        spans: slots
        max-bad-records: 5%%
      text: {spans: [city, day], max-bytes: 96}
      split: {tune: 0.2, test: 0.2}
      model: {define: %1$s/model.yaml}
      judge: {define: %1$s/judge.yaml}
      examiner: {define: %1$s/examiner.yaml}
      augment:
        synthetic: {per-class: 20}
        candidates: {oversample: 3, cap: 12x}
        controls: {top-p: 0.95}
      select:
        - {scorer: well-formed, min: 0.9}
        - {scorer: label-agreement, min: 0.01}
        - {scorer: span-agreement, min: 1}
        - {scorer: near-duplicate, drop: true, distance: 0.01}
      evaluate:
        rows: 100
        utility: {learner: %1$s/examiner.yaml, arms: [real, classical, synthetic]}
      gates: {defaults: none}
      publish: {to: %1$s/out, rows-per-shard: 50, parts: [tune, test]}
      """;

  private static final List<String> CITIES =
      List.of("rome", "oslo", "lima", "new york", "delhi", "paris", "quito", "accra");
  private static final List<String> DAYS = List.of("monday", "friday", "sunday", "today");

  @TempDir private Path directory;

  /** Requests to an assistant, and four records whose spans are none. */
  private static String source() {
    StringBuilder lines = new StringBuilder();
    for (String city : CITIES) {
      for (String day : DAYS) {
        lines
            .append(record("how is the weather in ", city, " on ", day, "weather"))
            .append(record("tell me if it rains in ", city, "  ", day, "weather"))
            .append(record("\ud83d\udeeb book a flight to ", city, " for ", day, "travel"))
            .append(record("i need to be in ", city, ", ", day, "travel"));
      }
    }
    String oslo = "{\"utterance\": \"to oslo\", \"intent\": \"travel\", \"slots\": ";
    return lines
        + oslo
        + "[{\"start\": 3, \"end\": 8, \"label\": \"city\"}]}\n"
        + oslo
        + "[{\"start\": 3, \"end\": 7, \"label\": \"town\"}]}\n"
        + oslo
        + "[{\"start\": 3, \"end\": 7, \"label\": \"city\"},"
        + " {\"start\": 0, \"end\": 4, \"label\": \"day\"}]}\n"
        + oslo
        + "7}\n";
  }

  private static String record(
      String before, String city, String between, String day, String intent) {
    int from = before.codePointCount(0, before.length());
    int then = from + city.length() + between.length();
    return "{\"utterance\": \"%s\", \"intent\": \"%s\", \"slots\": ["
            .formatted(before + city + between + day, intent)
        + "{\"start\": %d, \"end\": %d, \"label\": \"city\"}, "
            .formatted(from, from + city.length())
        + "{\"start\": %d, \"end\": %d, \"label\": \"day\"}]}\n"
            .formatted(then, then + day.length());
  }

  private Path run(String name, String... beamOptions) throws IOException {
    Path folder = Files.createDirectory(directory.resolve(name));
    Files.writeString(folder.resolve("spec.yaml"), SPEC.formatted(folder));
    Files.writeString(folder.resolve("slots.jsonl"), source());
    Files.writeString(
        folder.resolve("model.yaml"),
        """
        family: text-transformer
        architecture: {tokens: words, vocabulary: 300, max-tokens: 40, width: 32, layers: 1, heads: 2}
        training: {steps: 150, batch: 32, learning-rate: 0.01, eval-every: 50}
        """);
    for (String role : List.of("judge", "examiner")) {
      Files.writeString(
          folder.resolve(role + ".yaml"),
          """
          family: text-classifier
          architecture: {grams: {%s: [1, 2], buckets: 512}, dense: [16]}
          training: {steps: 60, batch: 32, learning-rate: 0.01, eval-every: 20}
          """
              .formatted(role.equals("judge") ? "characters" : "words"));
    }
    List<String> arguments = new ArrayList<>(List.of("run", folder + "/spec.yaml"));
    arguments.addAll(List.of("--run-date", "2026-01-02", "--runner", "direct", "--"));
    arguments.addAll(List.of(beamOptions));
    Result result =
        GraftCommand.run(
            folder, Map.of("GRAFT_STORE", folder.resolve("store").toString()), arguments);
    assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitCode.DONE);
    return folder.resolve("out/dt=2026-01-02");
  }

  @Test
  void spansArePublishedBesideTheirTextsAndRowsAreTheSameAtAnyParallelism()
      throws IOException, SQLException {
    Path published = run("one", "--targetParallelism=1");
    String data = published.resolve("data").toString();
    assertThat(DuckDb.columns(data)).containsExactly("text", "spans", "label", "_graft");
    List<List<String>> real = DuckDb.spans(data, false);
    assertThat(real)
        .hasSize(8 * CITIES.size() * DAYS.size())
        .contains(
            List.of("\ud83d\udeeb book a flight to new york for friday", "0", "new york"),
            List.of("\ud83d\udeeb book a flight to new york for friday", "1", "friday"),
            List.of("tell me if it rains in oslo today", "1", "today"))
        .allSatisfy(
            span -> assertThat(span.get(1).equals("0") ? CITIES : DAYS).contains(span.get(2)));
    List<List<String>> drawn = DuckDb.spans(data, true);
    assertThat(drawn)
        .hasSizeGreaterThan(20)
        .allSatisfy(
            span -> {
              assertThat(span.get(0).chars()).allMatch(unit -> unit >= ' ' && unit < 0xFDD0);
              assertThat(span.get(2)).isEqualTo(span.get(2).strip()).isNotEmpty();
            });
    long right =
        drawn.stream()
            .filter(span -> (span.get(1).equals("0") ? CITIES : DAYS).contains(span.get(2)))
            .count();
    assertThat((double) right / drawn.size()).isGreaterThan(0.9);
    assertThat(Files.readString(published.resolve("README.md")))
        .contains("token-classification", "name: spans\n", "a class: city, day |");
    assertThat(Files.readString(published.resolve("report.html")))
        .contains("<small> city</small></mark>");
    assertThat(rejects(published.resolve("../..")))
        .satisfiesExactlyInAnyOrder(
            reject -> assertThat(reject).contains("span-outside", "from 3 to 8"),
            reject -> assertThat(reject).contains("span-kind", "town"),
            reject -> assertThat(reject).contains("span-overlap"),
            reject -> assertThat(reject).contains("span-form"));
    assertThat(
            GraftCommand.run(
                    directory,
                    Map.of("GRAFT_STORE", directory.resolve("one/store").toString()),
                    List.of("explain", published.toString(), "--to", directory + "/page.html"))
                .exitCode())
        .isEqualTo(ExitCode.DONE);
    assertThat(directory.resolve("page.html")).content().contains("<small> city</small></mark>");

    Path again = run("two", "--targetParallelism=2");
    assertThat(DatasetDigest.ofDirectory(again.toString()).digest())
        .isEqualTo(DatasetDigest.ofDirectory(published.toString()).digest());
  }

  private static List<String> rejects(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Path file = files.filter(found -> found.endsWith("rejects.jsonl")).findFirst().orElseThrow();
      return Files.readAllLines(file);
    }
  }
}
