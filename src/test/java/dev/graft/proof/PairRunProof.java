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

/**
 * Whole runs over pairs of requests that mean the same, or do not, by a language model that is
 * tuned.
 */
@Tag("slow")
class PairRunProof {
  private static final String SPEC =
      """
      name: pairs
      modality: text
      seed: 5
      source:
        format: csv
        path: %1$s/pairs.csv
        text: [sentence1, sentence2]
        label: gold
        max-bad-records: 5%%
      text: {parts: [premise, hypothesis], max-bytes: 120}
      split: {tune: 0.2, test: 0.2}
      model: {define: %1$s/model.yaml, tune: {trials: 3, steps: 30}}
      judge: {define: %1$s/judge.yaml}
      examiner: {define: %1$s/examiner.yaml}
      augment:
        synthetic: {per-class: 20}
        candidates: {oversample: 3, cap: 12x}
        controls: {top-p: 0.95}
      select:
        - {scorer: well-formed, min: 0.9}
        - {scorer: label-agreement, min: 0.01}
        - {scorer: near-duplicate, drop: true, distance: 0.01}
      evaluate:
        rows: 100
        utility: {learner: %1$s/examiner.yaml, arms: [real, classical, synthetic]}
      gates: {defaults: none}
      publish: {to: %1$s/out, rows-per-shard: 50, parts: [tune, test]}
      """;

  private static final List<String> CITIES =
      List.of("rome", "oslo", "lima", "cairo", "delhi", "paris", "quito", "accra");
  private static final List<String> DAYS = List.of("monday", "friday", "sunday", "today");

  @TempDir private Path directory;

  /** Pairs in the manner of requests to an assistant, and three records that are no pairs. */
  private static String source() {
    StringBuilder csv = new StringBuilder("sentence1,sentence2,gold\n");
    for (String city : CITIES) {
      for (String day : DAYS) {
        csv.append("how is the weather in %s on %s,".formatted(city, day))
            .append("\"tell me the\tforecast for %s  on %s\",same\n".formatted(city, day))
            .append("book a flight to %s on %s,".formatted(city, day))
            .append("i need to fly to %s on %s,same\n".formatted(city, day))
            .append("how is the weather in %s on %s,".formatted(city, day))
            .append("set an alarm for %s,other\n".formatted(day))
            .append("book a flight to %s on %s,".formatted(city, day))
            .append("play a song from %s,other\n".formatted(city));
      }
    }
    return csv + "alone,other\nfirst part,,same\n \u00a0,second part,same\n";
  }

  private Path run(String name, String... beamOptions) throws IOException {
    Path folder = Files.createDirectory(directory.resolve(name));
    Files.writeString(folder.resolve("spec.yaml"), SPEC.formatted(folder));
    Files.writeString(folder.resolve("pairs.csv"), source());
    Files.writeString(
        folder.resolve("model.yaml"),
        """
        family: text-transformer
        architecture: {tokens: words, vocabulary: 300, max-tokens: 40, width: 32, layers: 1, heads: 2}
        training: {steps: 150, batch: 32, learning-rate: 0.01, eval-every: 50}
        tune:
          training.dropout: {from: 0, to: 0.4}
          training.token-noise: {from: 0, to: 0.2}
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
  void eachPartIsAColumnOfItsOwnAndRowsAreTheSameAtAnyParallelism()
      throws IOException, SQLException {
    Path published = run("one", "--targetParallelism=1");
    String data = published.resolve("data").toString();
    List<List<String>> real = DuckDb.strings(data, false, "premise", "hypothesis");
    assertThat(real)
        .hasSize(4 * CITIES.size() * DAYS.size())
        .contains(
            List.of(
                "how is the weather in oslo on friday", "tell me the forecast for oslo on friday"));
    assertThat(DuckDb.strings(data, true, "premise", "hypothesis"))
        .hasSizeGreaterThan(20)
        .allSatisfy(
            pair ->
                assertThat(pair)
                    .allSatisfy(part -> assertThat(part).isNotBlank().doesNotContain("\t")));
    assertThat(DuckDb.columns(data)).containsExactly("premise", "hypothesis", "label", "_graft");
    assertThat(Files.readString(published.resolve("README.md")))
        .contains("name: premise\n", "name: hypothesis\n")
        .doesNotContain("name: text\n");
    assertThat(Files.readString(published.resolve("report.html")))
        .contains("</bdi> \u21e5 <bdi class=\"row\">");
    assertThat(rejects(published.resolve("../..")))
        .satisfiesExactlyInAnyOrder(
            reject -> assertThat(reject).contains("ragged"),
            reject -> assertThat(reject).contains("empty", "the part hypothesis is empty"),
            reject -> assertThat(reject).contains("empty", "the part premise is empty"));
    assertThat(
            GraftCommand.run(
                    directory,
                    Map.of("GRAFT_STORE", directory.resolve("one/store").toString()),
                    List.of("explain", published.toString(), "--to", directory + "/page.html"))
                .exitCode())
        .isEqualTo(ExitCode.DONE);
    assertThat(directory.resolve("page.html")).content().contains("</bdi> \u21e5 <bdi");

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
