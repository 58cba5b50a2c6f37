package dev.graft.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileWriter;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.DatasetRow.Provenance;
import dev.graft.data.parquet.WriteProfile;
import dev.graft.spec.SourceSpec;
import dev.graft.spec.SourceSpec.RecordLimits;
import dev.graft.spec.SourceSpec.Take;
import dev.graft.spec.SplitSpec;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources whose records have several labels: what is a class, and every mistake in them. */
class LabelSourceTest {
  private static final SplitSpec SPLIT = new SplitSpec(0.2, 0.2, "");
  private static final String SETTINGS = "labels=tags;label-separator=|;empty-labels=keep";

  @TempDir Path directory;

  private final Map<String, String> test = new HashMap<>();

  @BeforeEach
  void noTest() {
    test.clear();
  }

  private SourceSpec source(String format, String content, String settings, String... classes)
      throws IOException {
    return source(format, locations(format, content, settings), 1000, classes);
  }

  private SourceSpec source(
      String format, Map<String, String> locations, int most, String... classes) {
    return new SourceSpec(
        format,
        locations,
        test,
        List.of(classes),
        false,
        0.9,
        RecordLimits.DEFAULT,
        Take.ALL,
        most);
  }

  private Map<String, String> locations(String format, String content, String settings)
      throws IOException {
    Path file = directory.resolve("rows-" + Integer.toHexString(content.hashCode()) + "." + format);
    Files.writeString(file, content);
    return at(format, file, settings);
  }

  private static Map<String, String> at(String format, Path file, String settings) {
    Map<String, String> locations = new HashMap<>(SourceFormats.get(format).columns());
    locations.putAll(SourceFormats.get(format).labelColumns());
    locations.put("path", file.toString());
    for (String setting : settings.split(";")) {
      String[] pair = setting.split("=");
      locations.put(pair[0], pair[1]);
    }
    return locations;
  }

  private StageOutput run(SourceSpec source) {
    return run(source, SPLIT);
  }

  private StageOutput run(SourceSpec source, SplitSpec split) {
    return IngestRuns.run(
        IngestRuns.spec("text", source, "{}", split, 1),
        directory.resolve("work"),
        IngestRuns.FAST_DIRECT);
  }

  private String rejects(StageOutput output) throws IOException {
    return Files.readString(Path.of(output.file(IngestStage.REJECTS_FILE)));
  }

  private static String repeated(String line, int times) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < times; i++) {
      lines.append(line.replace("#", Integer.toString(i))).append('\n');
    }
    return lines.toString();
  }

  @Test
  void eachSetThatOccursIsAClass() throws IOException {
    String csv =
        "text,tags\n"
            + repeated("rain #,weather", 30)
            + repeated("rain and songs #,music | weather", 20)
            + repeated("songs and rain #,weather|music|weather", 10)
            + repeated("hello #,", 10)
            + "odd,weather||music\nplus,a + b\nnone,(none)\n";
    StageOutput output = run(source("csv", csv, SETTINGS));
    CanonicalDataset data = CanonicalDataset.of(output);
    assertThat(data.schema().classes()).containsExactly("(none)", "music + weather", "weather");
    assertThat(data.schema().labels()).containsExactly("music", "weather");
    int[] rows = new int[3];
    for (Part part : Part.values()) {
      LabelledRows loaded = data.load(part);
      Arrays.stream(loaded.labels()).forEach(label -> rows[label]++);
    }
    assertThat(rows).containsExactly(10, 30, 30);
    assertThat(output.summary().path("rejected").toString()).isEqualTo("{\"mislabelled\":3}");
    assertThat(rejects(output))
        .contains("a label of \\\"tags\\\" is empty")
        .contains("the label \\\"a + b\\\" holds a plus beside a space")
        .contains("the label \\\"(none)\\\" holds a plus");
    assertThat(output.summary().at("/rows-per-label/train/weather").asInt())
        .isEqualTo(
            output.summary().at("/rows-per-class/train/weather").asInt()
                + output.summary().at("/rows-per-class/train/music + weather").asInt());
  }

  @Test
  void recordsWithoutLabelAreSetAsideWhereTheEmptySetIsNotDeclared() throws IOException {
    String lines =
        repeated("{\"text\": \"rain #\", \"tags\": [\"weather\"]}", 20)
            + """
            {"text": "nothing", "tags": []}
            {"text": "missing"}
            {"text": "null", "tags": null}
            {"text": "one text", "tags": "weather"}
            {"text": "a number", "tags": 4}
            {"text": "an object", "tags": [{"name": "weather"}]}
            {"text": "a hole", "tags": ["weather", null]}
            {"text": "half", "tags": ["weather", "\\ud800"]}
            {"text": "blank", "tags": ["weather", " "]}
            """;
    StageOutput output = run(source("jsonl", lines, "labels=tags"));
    assertThat(CanonicalDataset.of(output).schema().classes()).containsExactly("weather");
    assertThat(output.summary().path("rejected").toString())
        .isEqualTo("{\"incomplete\":2,\"mislabelled\":5,\"undecodable\":1,\"unlabelled\":1}");
    assertThat(rejects(output))
        .contains("source.empty-labels: keep makes such records a class")
        .contains("\\\"tags\\\" is a text; allowed: a list of texts, or a text with")
        .contains("\\\"tags\\\" is number 4; allowed: a list of texts")
        .contains("\\\"tags\\\" holds null; allowed: texts");
  }

  @Test
  void declaredClassesAreLabelsAndOthersAreRefusedOrPassedOver() throws IOException {
    String lines =
        repeated("{\"text\": \"rain #\", \"tags\": [\"weather\"]}", 20)
            + repeated("{\"text\": \"song #\", \"tags\": [\"music\", \"weather\"]}", 20)
            + "{\"text\": \"pay\", \"tags\": [\"weather\", \"money\"]}\n";
    StageOutput refused = run(source("jsonl", lines, "labels=tags", "weather", "music"));
    assertThat(CanonicalDataset.of(refused).schema().labels()).containsExactly("weather", "music");
    assertThat(CanonicalDataset.of(refused).schema().classes())
        .containsExactly("music + weather", "weather");
    assertThat(rejects(refused))
        .contains("mislabelled", "\\\"money\\\" is none of the labels weather, music");
    StageOutput skipped =
        run(source("jsonl", lines, "labels=tags;unlisted=skip", "weather", "music"));
    assertThat(skipped.summary().path("rejected")).isEmpty();
    Outcome missing =
        IngestRuns.fail(
            IngestRuns.spec(
                "text",
                source("jsonl", lines, "labels=tags", "weather", "music", "news", "money"),
                "{}",
                SPLIT,
                1),
            directory.resolve("w"));
    assertThat(missing.reason())
        .isEqualTo(
            "1 of the 4 labels has no rows: news; add data, or leave it out of source.classes");
  }

  @Test
  void tooManySetsAreRefused() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      lines.append("{\"text\": \"t%d\", \"tags\": [\"a\", \"l%d\"]}\n".formatted(i, i));
    }
    SourceSpec source = source("jsonl", locations("jsonl", lines.toString(), "labels=tags"), 11);
    assertThatThrownBy(() -> SourcePlanner.plan(source))
        .isInstanceOfSatisfying(
            GraftException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .hasMessageContaining("has 12 different sets of labels")
        .hasMessageContaining("source.max-label-sets allows (11)")
        .hasMessageContaining("name fewer labels in source.classes");
  }

  @Test
  void setsOfTheOfficialTestSetAloneStayInIt() throws IOException {
    String lines =
        repeated("{\"text\": \"rain #\", \"tags\": [\"weather\"]}", 20)
            + repeated("{\"text\": \"song #\", \"tags\": [\"music\"]}", 20);
    test.putAll(
        locations(
            "jsonl",
            "{\"text\": \"both\", \"tags\": [\"music\", \"weather\"]}\n"
                + "{\"text\": \"new\", \"tags\": [\"music\", \"news\"]}\n",
            "labels=tags"));
    StageOutput output = run(source("jsonl", lines, "labels=tags"), new SplitSpec(0.2, 0, ""));
    CanonicalDataset data = CanonicalDataset.of(output);
    assertThat(data.schema().classes()).containsExactly("music", "music + weather", "weather");
    assertThat(data.load(Part.TEST).labels()).containsExactly(1);
    assertThat(rejects(output)).contains("\\\"news\\\" is none of the labels music, weather");
  }

  @Test
  void splitsOfJsonHaveListsToo() throws IOException {
    String json = "{\"train\": [[\"a\", [\"x\", \"y\"]], [\"b\", [\"y\"]], [\"c\", \"y\"]]}";
    assertThat(SourcePlanner.plan(source("json-splits", json, "labels=2")).get(0).classes())
        .containsExactly("x + y", "y");
    assertThat(
            SourcePlanner.plan(source("json-splits", json, "labels=2;label-separator=,"))
                .get(0)
                .classes())
        .containsExactly("x + y", "y");
  }

  @Test
  void listsOfParquetFilesKeepTheIdsOfTheirLabels() throws IOException {
    Path file = directory.resolve("rows.parquet");
    List<Column> columns =
        List.of(
            new Column.Value("text", Column.Value.Type.STRING),
            Column.ListOf.labels("tags", List.of("weather", "music", "unused")),
            new Column.ListOf("ids", Column.Value.Type.INT64, List.of()),
            new Column.ListOf("words", Column.Value.Type.STRING, List.of()),
            new Column.Value("topic", Column.Value.Type.STRING));
    try (DatasetFileWriter writer =
        DatasetFileWriter.open(file.toString(), columns, Map.of(), WriteProfile.PUBLISHED)) {
      for (int row = 0; row < 40; row++) {
        List<Long> ids = row % 2 == 0 ? List.of(1L, 0L) : List.of(0L);
        List<String> words = row % 2 == 0 ? List.of("z", "y") : List.of("y");
        Object[] values = {"t" + row, ids, ids, words, String.join(";", words)};
        if (row == 6) {
          values[1] = List.of(7L);
          values[2] = List.of(-1L);
          values[3] = Arrays.asList("z", null);
          values[4] = null;
        } else if (row == 8) {
          values[1] = null;
        }
        writer.write(new DatasetRow(values, Provenance.real("0".repeat(32))));
      }
      writer.commit();
    }
    StageOutput named = run(source("parquet", at("parquet", file, "text=text;labels=tags"), 9));
    assertThat(CanonicalDataset.of(named).schema().labels())
        .containsExactly("weather", "music", "unused");
    assertThat(CanonicalDataset.of(named).schema().classes())
        .containsExactly("music + weather", "weather");
    assertThat(rejects(named)).contains("the label 7 is not from 0 to 2", "is missing, or no list");
    PlannedRange plain = planned(at("parquet", file, "text=text;labels=ids"));
    assertThat(plain.labels()).containsExactly("0", "1");
    assertThat(plain.classes()).containsExactly("0", "0 + 1");
    PlannedRange texts = planned(at("parquet", file, "text=text;labels=words"));
    assertThat(texts.classes()).containsExactly("y", "y + z");
    PlannedRange joined = planned(at("parquet", file, "text=text;labels=topic;label-separator=,"));
    assertThat(joined.classes()).containsExactly("y", "z;y");
  }

  private PlannedRange planned(Map<String, String> locations) {
    return SourcePlanner.plan(source("parquet", locations, 9)).get(0);
  }
}
