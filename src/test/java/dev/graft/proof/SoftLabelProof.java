package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.cli.GraftCommand;
import dev.graft.cli.GraftCommand.Result;
import dev.graft.data.ExitCode;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs over generated pictures whose synthetic rows have soft labels. */
@Tag("slow")
class SoftLabelProof {
  private static final int SHAPES = 8;

  @TempDir Path directory;

  @Test
  void syntheticRowsHaveTheJudgesProbabilitiesOnAnyParallelism() throws IOException, SQLException {
    QuickRun run = soft("one").run("direct", "--targetParallelism=1");
    String data = run.published().resolve("data").toString();
    assertThat(DuckDb.columns(data)).containsExactly("image", "label", "label_probs", "_graft");
    List<List<String>> synthetic =
        DuckDb.strings(
            data,
            true,
            "typeof(label_probs)",
            "len(label_probs)",
            "list_sum(label_probs)",
            "list_min(label_probs)",
            "list_max(label_probs)");
    String classes = Integer.toString(SHAPES);
    assertThat(synthetic).hasSizeGreaterThan(QuickRun.SYNTHETIC_PER_CLASS);
    assertThat(synthetic)
        .allSatisfy(
            row -> {
              assertThat(row.get(0)).isEqualTo("FLOAT[]");
              assertThat(row.get(1)).isEqualTo(classes);
              assertThat(Double.parseDouble(row.get(2))).isBetween(1 - 1e-6, 1 + 1e-6);
              assertThat(Double.parseDouble(row.get(3))).isNotNegative();
              assertThat(Double.parseDouble(row.get(4))).isLessThanOrEqualTo(1);
            });
    assertThat(synthetic).anyMatch(row -> Double.parseDouble(row.get(4)) < 0.99);
    assertThat(DuckDb.strings(data, false, "label_probs"))
        .isNotEmpty()
        .allMatch(row -> row.get(0) == null);
    assertThat(Files.readString(run.published().resolve("README.md")))
        .contains("- name: label_probs\n    list: float32\n", "`label_probs` is what the judge");
    assertThat(Files.readString(run.published().resolve("report.html")))
        .contains("it learns the judge's probabilities of all classes (soft labels)");
    assertThat(Files.readString(run.published().resolve("manifest.json"))).contains("\"floats\"");
    String page = directory + "/page.html";
    for (List<String> command :
        List.of(
            List.of("inspect", run.published().toString()),
            List.of("explain", run.published().toString(), "--to", page))) {
      Result result =
          GraftCommand.run(
              directory, Map.of("GRAFT_STORE", directory.resolve("one/store").toString()), command);
      assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitCode.DONE);
    }
    assertThat(Path.of(page)).content().contains("<img");

    assertThat(soft("two").run("direct", "--targetParallelism=2").digest()).isEqualTo(run.digest());
  }

  @Test
  void withoutTheOptionThereIsNoSuchColumnAndTheRowsAreTheSame() throws IOException, SQLException {
    QuickRun plain = new QuickRun(directory.resolve("plain")).run("direct");
    QuickRun run = soft("soft").run("direct");
    String data = plain.published().resolve("data").toString();
    assertThat(DuckDb.columns(data)).containsExactly("image", "label", "_graft");
    assertThat(Files.readString(plain.published().resolve("README.md")))
        .doesNotContain("label_probs");
    assertThat(run.digest().columns())
        .containsKey("label_probs")
        .containsAllEntriesOf(plain.digest().columns());
    assertThat(arm(run, "real")).isEqualTo(arm(plain, "real"));
    assertThat(arm(run, "synthetic")).isNotEqualTo(arm(plain, "synthetic"));
  }

  /** What EVALUATE says of an arm. */
  private static JsonNode arm(QuickRun run, String name) throws IOException {
    byte[] metrics = Files.readAllBytes(run.published().resolve("metrics.json"));
    for (JsonNode arm : Json.read(metrics, JsonNode.class).path("utility").path("arms")) {
      if (arm.path("arm").asText().equals(name)) {
        return arm;
      }
    }
    throw new AssertionError("no arm " + name);
  }

  private QuickRun soft(String name) {
    QuickRun run = new QuickRun(directory.resolve(name));
    TinySpec.edit(
        directory.resolve(name).resolve("spec.yaml"),
        "augment:\n",
        "augment:\n  soft-labels: true\n");
    return run;
  }
}
