package dev.graft.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.Column;
import dev.graft.publish.Manifest.ManifestColumn;
import dev.graft.publish.Manifest.ManifestFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DatasetCardTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private final UpstreamOutputs upstream = new UpstreamOutputs(Path.of("unused"));

  @Test
  void thereAreConfigurationsForAllSyntheticAndReal() throws IOException {
    JsonNode head = head(Map.of("synthetic/train", 400L, "real/train", 200L, "real/test", 50L));
    assertThat(texts(head.path("configs"), "config_name"))
        .containsExactly("default", "synthetic", "real");
    assertThat(head.at("/configs/0/data_files/1/split").asText()).isEqualTo("train");
    assertThat(head.at("/configs/0/data_files/1/path").toString())
        .isEqualTo("[\"data/real/train-*.parquet\",\"data/synthetic/train-*.parquet\"]");
    assertThat(head.at("/dataset_info/0/splits/1/num_examples").asLong()).isEqualTo(600);
    assertThat(head.at("/dataset_info/0/splits/1/num_bytes").asLong()).isEqualTo(600 * 7);
    assertThat(head.path("tags").toString()).contains("synthetic");
    assertThat(head.path("size_categories").get(0).asText()).isEqualTo("n<1K");
    assertThat(head.path("license").asText()).isEqualTo("apache-2.0");
  }

  @Test
  void withoutRealRowsThereIsNoRealConfiguration() throws IOException {
    upstream.includeReal = false;
    JsonNode head = head(Map.of("synthetic/train", 12_345L));
    assertThat(texts(head.path("configs"), "config_name")).containsExactly("default", "synthetic");
    assertThat(head.path("size_categories").get(0).asText()).isEqualTo("10K<n<100K");
    assertThat(card(Map.of("synthetic/train", 12_345L)))
        .contains("No real row is in this folder")
        .doesNotContain("\"real\"");
  }

  @Test
  void classNamesAreQuotedWhateverTheyLookLike() throws IOException {
    upstream.classes = List.of("yes", "1", "null", "a: b", "ß \"q\"");
    JsonNode names =
        head(Map.of("synthetic/train", 1L))
            .at("/dataset_info/0/features/1/dtype/class_label/names");
    for (int i = 0; i < upstream.classes.size(); i++) {
      assertThat(names.path(Integer.toString(i)).isTextual()).isTrue();
      assertThat(names.path(Integer.toString(i)).asText()).isEqualTo(upstream.classes.get(i));
    }
  }

  @Test
  void figuresStandBesideThoseOfRealRows() {
    assertThat(card(Map.of("synthetic/train", 1L)))
        .contains("| coverage | 0.86 | 0.97 |")
        .contains("coverage (dog) is 0.95")
        .contains("realism at least percentile 5 of the same score");
  }

  private JsonNode head(Map<String, Long> rows) throws IOException {
    String card = card(rows);
    assertThat(card).startsWith("---\n");
    return YAML.readTree(card.substring(4, card.indexOf("\n---\n")));
  }

  private String card(Map<String, Long> rows) {
    List<Column> columns = upstream.columns();
    List<ManifestFile> files = new ArrayList<>();
    rows.forEach(
        (part, count) ->
            files.add(
                new ManifestFile(
                    "data/" + part + "-00000-of-00001.parquet", "0", count * 7, count)));
    Manifest manifest =
        new Manifest(
            1,
            "pets",
            "2026-11-22",
            "f".repeat(64),
            Map.of(),
            "d",
            "1",
            1,
            2,
            "image",
            columns.stream().map(ManifestColumn::of).toList(),
            Json.tree(Map.of("generator", Map.of("name", "vae", "digest", "a"))),
            new TreeMap<>(rows),
            "c",
            files,
            Json.tree(
                List.of(Map.of("message", "coverage (dog) is 0.95, at least 0.9", "passed", true))),
            Json.tree(Map.of("figures", Map.of("coverage", 0.86, "coverage-of-real", 0.97))));
    return DatasetCard.text(upstream.spec(), columns, manifest);
  }

  private static List<String> texts(JsonNode list, String field) {
    List<String> texts = new ArrayList<>();
    list.forEach(entry -> texts.add(entry.path(field).asText()));
    return texts;
  }
}
