package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.cli.GraftCommand;
import dev.graft.cli.GraftCommand.Result;
import dev.graft.data.ExitCode;
import dev.graft.data.parquet.DatasetDigest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A whole run with each family's shipped definition, trained for a few steps, publishes the same
 * rows at parallelism 1, 2 and 8, each time from an empty store.
 */
@Tag("slow")
class FamilyRowsProof {
  private static final String BRIEF = "training.steps: 24, training.eval-every: 12";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image-vae       | " + BRIEF,
        "image-gan       | " + BRIEF,
        "image-wgan-gp   | " + BRIEF,
        "image-began     | " + BRIEF + ", training.autoencoder-steps: 12",
        "image-flow      | " + BRIEF + ", architecture.sampling.steps: 3",
        "image-classical |",
        "image-ensemble  | architecture.members: [{define: image-gan.yaml, set: {"
            + BRIEF
            + "}}, {define: image-vae.yaml, set: {"
            + BRIEF
            + "}}]",
        "image-autoregressive | " + BRIEF + ", training.tokenizer-steps: 12",
      })
  void theRowsAreTheSameAtAnyParallelism(String definition, String settings) {
    String model =
        "model={define: %s, set: {%s}}"
            .formatted(
                Path.of("models", definition + ".yaml").toAbsolutePath(),
                settings == null ? "" : settings);
    DatasetDigest expected = run(model, 1);
    assertThat(expected.rows().get("synthetic/train")).isPositive();
    for (int parallelism : new int[] {2, 8}) {
      assertThat(run(model, parallelism))
          .as("%s at parallelism %d", definition, parallelism)
          .isEqualTo(expected);
    }
  }

  private DatasetDigest run(String model, int parallelism) {
    Path place = directory.resolve("p" + parallelism);
    TinySpec.writeDefinitions(place);
    Path spec = place.resolve("spec.yaml");
    TinyImages.write(spec, TinySpec.generated(place, 40, 20).getBytes());
    assertThat(Files.exists(place.resolve("store"))).isFalse();
    Result result =
        GraftCommand.run(
            place,
            Map.of("GRAFT_STORE", place.resolve("store").toString()),
            List.of(
                "run",
                spec.toString(),
                "--set",
                model,
                "--set",
                "select=[{scorer: label-agreement, min: 0.01}]",
                "--run-date",
                "2026-01-02",
                "--runner",
                "direct",
                "--",
                "--targetParallelism=" + parallelism));
    assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitCode.DONE);
    return DatasetDigest.ofDirectory(place.resolve("out/dt=2026-01-02").toString());
  }
}
