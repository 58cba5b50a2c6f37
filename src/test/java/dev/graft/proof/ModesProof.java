package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.parquet.DatasetDigest;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole run that varies real rows publishes, beside each synthetic row, the id of the real row of
 * its class that it was made from; the same rows on two runners.
 */
@Tag("slow")
class ModesProof {
  @TempDir Path directory;

  @Test
  void variationsArePublishedWithTheIdOfTheirSource() throws IOException {
    QuickRun run = varying("direct").run("direct", "--targetParallelism=2");
    Map<String, Object> real = new HashMap<>();
    for (DatasetRow row : rows(run.published().resolve("data/real"))) {
      real.put(row.provenance().sampleId(), row.values()[1]);
    }
    List<DatasetRow> synthetic = rows(run.published().resolve("data/synthetic"));
    assertThat(synthetic).hasSizeGreaterThan(QuickRun.SYNTHETIC_PER_CLASS);
    assertThat(synthetic)
        .allSatisfy(
            row -> {
              assertThat(row.provenance().condition())
                  .isEqualTo("label=" + row.values()[1] + ";mode=vary;strength=0.6");
              assertThat(row.provenance().sourceIds())
                  .hasSize(1)
                  .allMatch(source -> row.values()[1].equals(real.get(source)));
            });
    assertThat(Files.readString(run.published().resolve("README.md")))
        .contains("made from real training rows, which `_graft.source_ids` names.");

    DatasetDigest elsewhere = varying("flink").run("local", "--parallelism=3").digest();
    assertThat(elsewhere).isEqualTo(run.digest());
  }

  private QuickRun varying(String name) {
    QuickRun run = new QuickRun(directory.resolve(name));
    TinySpec.edit(
        directory.resolve(name).resolve("spec.yaml"),
        "  candidates: {oversample: 2, cap: 8x}",
        "  candidates: {oversample: 2, cap: 8x}\n  mode: {vary: real, strength: 0.6}");
    return run;
  }

  private static List<DatasetRow> rows(Path folder) throws IOException {
    List<DatasetRow> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        try (DatasetFileReader reader = DatasetFileReader.open(file.toString())) {
          reader.forEach(rows::add);
        }
      }
    }
    return rows;
  }
}
