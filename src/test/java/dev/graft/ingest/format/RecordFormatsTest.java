package dev.graft.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.GraftException;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileWriter;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.DatasetRow.Provenance;
import dev.graft.data.parquet.SpanValue;
import dev.graft.data.parquet.WriteProfile;
import dev.graft.ingest.ClassIndex;
import dev.graft.ingest.RecordSink;
import dev.graft.ingest.SourceFormat;
import dev.graft.ingest.SourceFormats;
import dev.graft.ingest.SourceRange;
import dev.graft.ingest.SourceRecord;
import dev.graft.modality.BadRecord;
import dev.graft.spec.SourceSpec.RecordLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files of records with named fields: {@code csv}, {@code tsv}, {@code jsonl}, json-splits,
 * Parquet.
 */
class RecordFormatsTest {
  private static final String ID = "0".repeat(32);

  @TempDir private Path directory;

  private final List<String> taken = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  /** Reads a file; records are noted as label:text, bad ones as index:reason. */
  private List<String> read(String format, byte[] content, String... settings) throws IOException {
    Path file = directory.resolve("file." + format);
    Files.write(file, content);
    return readAt(format, file, settings);
  }

  private List<String> read(String format, String content, String... settings) throws IOException {
    return read(format, content.getBytes(StandardCharsets.UTF_8), settings);
  }

  private List<String> readAt(String name, Path place, String... settings) throws IOException {
    SourceFormat format = SourceFormats.get(name);
    Map<String, String> locations = new HashMap<>(format.columns());
    locations.put("path", place.toString());
    for (int i = 0; i < settings.length; i += 2) {
      locations.put(settings[i], settings[i + 1]);
    }
    ClassIndex classes =
        new ClassIndex(
            locations.containsKey("classes")
                ? List.of(locations.remove("classes").split(","))
                : format.classes(locations));
    taken.clear();
    refused.clear();
    for (SourceRange range : format.ranges(locations, RecordLimits.DEFAULT)) {
      format.read(range, new Sink(classes));
    }
    return taken;
  }

  private final class Sink implements RecordSink {
    private final ClassIndex classes;

    Sink(ClassIndex classes) {
      this.classes = classes;
    }

    @Override
    public ClassIndex classes() {
      return classes;
    }

    @Override
    public String groupColumn() {
      return "";
    }

    @Override
    public long maxBytes() {
      return Long.MAX_VALUE;
    }

    @Override
    public void accept(SourceRecord item) {
      taken.add(
          classes.names().get(item.label())
              + ":"
              + new String(item.content(), StandardCharsets.UTF_8)
              + (item.synthetic() ? " (synthetic)" : ""));
    }

    @Override
    public void reject(String file, long index, BadRecord reason) {
      refused.add(index + ":" + reason.reason());
    }
  }

  @Test
  void quotedFieldsHoldSeparatorsQuotesAndLineBreaks() throws IOException {
    assertThat(read("csv", "text,label\n\"a, \"\"b\"\"\nc\",x\nplain,y\n"))
        .containsExactly("x:a, \"b\"\nc", "y:plain");
    assertThat(refused).isEmpty();
  }

  @Test
  void filesWithoutHeaderHaveNumberedFields() throws IOException {
    assertThat(
            read(
                "tsv",
                "ham\tsay \"hi\nspam\t\"win\n",
                "header",
                "none",
                "quote",
                "none",
                "label",
                "1",
                "text",
                "2"))
        .containsExactly("ham:say \"hi", "spam:\"win");
  }

  @Test
  void raggedAndUnlabelledRecordsAreSetAside() throws IOException {
    assertThat(read("csv", "text,label\na,x\nb\nc,x,1\nd,z\n", "classes", "x"))
        .containsExactly("x:a");
    assertThat(refused).containsExactly("1:ragged", "2:ragged", "3:mislabelled");
    read("csv", "text,label\na,x\nd,z\n", "classes", "x", "unlisted", "skip");
    assertThat(taken).containsExactly("x:a");
    assertThat(refused).isEmpty();
  }

  @Test
  void bytesOfAnotherEncodingCostTheirRecordAlone() throws IOException {
    ByteArrayOutputStream mixed = new ByteArrayOutputStream();
    mixed.writeBytes("text,label\nna\u00efve,x\n".getBytes(StandardCharsets.UTF_8));
    mixed.writeBytes("na\u00efve,x\n".getBytes(StandardCharsets.ISO_8859_1));
    mixed.writeBytes("\ud83d\ude00,x\n".getBytes(StandardCharsets.UTF_8));
    assertThat(read("csv", mixed.toByteArray())).containsExactly("x:na\u00efve", "x:\ud83d\ude00");
    assertThat(refused).containsExactly("1:undecodable");
    byte[] western =
        "text,label\n\u201cna\u00efve\u201d,x\n".getBytes(Charset.forName("windows-1252"));
    assertThat(read("csv", western, "encoding", "windows-1252"))
        .containsExactly("x:\u201cna\u00efve\u201d");
    assertThatThrownBy(() -> read("csv", western, "encoding", "utf-99"))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("source.encoding is utf-99");
  }

  @Test
  void aMissingColumnEndsTheRun() {
    assertThatThrownBy(() -> read("csv", "utterance,label\na,x\n", "classes", "x"))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("has no column \"text\"; it has utterance, label");
  }

  @Test
  void linesThatAreNoObjectAreSetAside() throws IOException {
    assertThat(
            read(
                "jsonl",
                """
                {"text": "a\\nb", "label": "x"}
                {"text": "cut
                {"label": "x"}
                {"text": {"in": 1}, "label": "x"}
                {"text": "half \\ud800", "label": "x"}

                {"text": "made", "label": "x", "is_synthetic": true}
                """))
        .containsExactly("x:a\nb", "x:made (synthetic)");
    assertThat(refused)
        .containsExactly("1:undecodable", "2:incomplete", "3:incomplete", "4:undecodable");
  }

  @Test
  void splitsOfOneFileAreReadByName() throws IOException {
    String file =
        "{\"val\": [[\"v\", \"x\"]], \"train\": [[\"a\", \"x\"], [\"b\"], [\"c\", \"y\"]]}";
    assertThat(read("json-splits", file)).containsExactly("x:a", "y:c");
    assertThat(refused).containsExactly("1:incomplete");
    assertThat(read("json-splits", file, "split", "val")).containsExactly("x:v");
    assertThatThrownBy(() -> read("json-splits", file, "split", "test"))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("has no split \"test\"; it has train, val");
    assertThatThrownBy(() -> read("json-splits", "[1]"))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("is no JSON object with an array per split");
  }

  @Test
  void foldersAndGzippedFilesAreRead() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("many"));
    Files.writeString(folder.resolve("b.csv"), "text,label\nsecond,x\n");
    Files.writeString(folder.resolve("notes.md"), "nothing");
    try (GZIPOutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.csv.gz")))) {
      out.write("\ufefftext,label\nfirst,x\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(readAt("csv", folder)).containsExactly("x:first", "x:second");
  }

  @Test
  void partsOfARowAreFieldsOfARecord() throws IOException {
    assertThat(read("csv", "q,a,label\nwhy,\"be,cause\",x\nwhy,x\nwhen,,y\n", "text", "q\ta"))
        .containsExactly("x:why\0be,cause", "y:when\0");
    assertThat(refused).containsExactly("1:ragged");
    assertThat(
            read(
                "jsonl",
                """
                {"q": "why", "a": "so", "label": "x"}
                {"q": "why", "label": "x"}
                {"q": null, "a": "so", "label": "x"}
                """,
                "text",
                "a\tq"))
        .containsExactly("x:so\0why");
    assertThat(refused).containsExactly("1:incomplete", "2:incomplete");
    assertThat(
            read("json-splits", "{\"train\":[[\"a\",\"b\",\"x\"]]}", "text", "1\t2", "label", "3"))
        .containsExactly("x:a\0b");
  }

  @Test
  void spansAreAFieldOfARecord() throws IOException {
    String lines =
        """
        {"text": "to Oslo", "spans": [{"start": 3, "end": 7, "label": "city"}], "label": "x"}
        {"text": "none", "spans": [], "label": "x"}
        {"text": "as text", "spans": "[{}]", "label": "x"}
        {"text": "missing", "label": "x"}
        {"text": "null", "spans": null, "label": "x"}
        """;
    assertThat(read("jsonl", lines, "spans", "spans"))
        .containsExactly(
            "x:to Oslo\0[{\"start\":3,\"end\":7,\"label\":\"city\"}]",
            "x:none\0[]",
            "x:as text\0[{}]");
    assertThat(refused).containsExactly("3:incomplete", "4:incomplete");
    assertThat(read("jsonl", lines)).hasSize(5);
    assertThat(read("csv", "text,label,at\nto,x,\"[{\"\"start\"\":0}]\"\n", "spans", "at"))
        .containsExactly("x:to\0[{\"start\":0}]");
    assertThat(read("json-splits", "{\"train\":[[\"a\",\"x\",[{\"start\":0}]]]}", "spans", "3"))
        .containsExactly("x:a\0[{\"start\":0}]");
  }

  @Test
  void taggedTokensAreATextWithSpans() throws IOException {
    assertThat(
            read(
                "jsonl",
                """
                {"w": ["\ud83d\udeeb", "to", "New", "York", "now"], "t": ["O", "O", "B-c", "I-c", "B-d"], "label": "x"}
                {"w": ["a", "b", "c", "d"], "t": ["I-c", "B-c", "I-d", "O"], "label": "x"}
                {"w": ["a", "b"], "t": ["O"], "label": "x"}
                {"w": ["a"], "t": ["X-c"], "label": "x"}
                {"w": ["a"], "t": ["B-"], "label": "x"}
                {"w": ["a"], "t": [3], "label": "x"}
                {"w": "a", "t": ["O"], "label": "x"}
                {"w": {"a": 1}, "t": ["O"], "label": "x"}
                """,
                "text",
                "w",
                "tags",
                "t"))
        .containsExactly(
            "x:\ud83d\udeeb to New York now\0["
                + "{\"start\":5,\"label\":\"c\",\"end\":13},"
                + "{\"start\":14,\"label\":\"d\",\"end\":17}]",
            "x:a b c d\0[{\"start\":0,\"label\":\"c\",\"end\":1},"
                + "{\"start\":2,\"label\":\"c\",\"end\":3},"
                + "{\"start\":4,\"label\":\"d\",\"end\":5}]");
    assertThat(refused)
        .containsExactly(
            "2:ragged", "3:span-form", "4:span-form", "5:span-form", "6:span-form", "7:span-form");
  }

  @Test
  void spansAreAColumnOfParquetFiles() throws IOException {
    Path file = directory.resolve("slots.parquet");
    List<Column> columns =
        List.of(
            new Column.Value("label", Column.Value.Type.STRING),
            new Column.Spans("slots", List.of("date", "city")),
            new Column.Value("text", Column.Value.Type.STRING));
    try (DatasetFileWriter writer =
        DatasetFileWriter.open(file.toString(), columns, Map.of(), WriteProfile.PUBLISHED)) {
      writer.write(
          new DatasetRow(
              new Object[] {"x", List.of(new SpanValue(3, 7, "city")), "to Oslo"},
              Provenance.real(ID)));
      writer.write(new DatasetRow(new Object[] {"x", List.of(), "none"}, Provenance.real(ID)));
      writer.write(new DatasetRow(new Object[] {"x", null, "null"}, Provenance.real(ID)));
      writer.commit();
    }
    assertThat(readAt("parquet", file, "text", "text", "spans", "slots"))
        .containsExactly("x:to Oslo\0[{\"start\":3,\"end\":7,\"label\":\"city\"}]", "x:none\0[]");
    assertThat(refused).containsExactly("2:incomplete");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tokens     |        | the column "tokens" holds lists of strings; source.text names a column of strings
          slots      |        | the column "slots" holds lists of spans; source.text
          label tags |        | the column "tags" holds lists of int64; source.text
          label data |        | the column "data" holds binary; source.text
          tags       | slots  | the column "tags" holds lists of int64; source.text
          label      | tokens | the column "tokens" holds lists of strings; source.spans names a column of lists of structs
          label      | data   | the column "data" holds binary; source.spans
                     |        | the column "tokens" holds lists of strings; source.image names a column of images
          """)
  void columnsOfParquetFilesWithAnotherTypeAreRefused(String text, String spans, String message) {
    Path file = directory.resolve("typed.parquet");
    List<Column> columns =
        List.of(
            new Column.Value("label", Column.Value.Type.STRING),
            new Column.Value("data", Column.Value.Type.BINARY),
            new Column.ListOf("tokens", Column.Value.Type.STRING, List.of()),
            new Column.ListOf("tags", Column.Value.Type.INT64, List.of()),
            new Column.Spans("slots", List.of("date", "city")));
    try (DatasetFileWriter writer =
        DatasetFileWriter.open(file.toString(), columns, Map.of(), WriteProfile.PUBLISHED)) {
      Object[] values = {"x", new byte[1], List.of("a"), List.of(1L), List.of()};
      writer.write(new DatasetRow(values, Provenance.real(ID)));
      writer.commit();
    }
    String[] settings = {
      "text", text == null ? "" : text.replace(' ', '\t'),
      "spans", spans == null ? "" : spans,
      "image", "tokens"
    };
    assertThatThrownBy(() -> readAt("parquet", file, settings))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("typed.parquet: " + message);
  }

  @Test
  void partsOfARowAreColumnsOfParquetFiles() throws IOException {
    Path file = directory.resolve("pairs.parquet");
    List<Column> columns =
        List.of(
            new Column.Value("label", Column.Value.Type.STRING),
            new Column.Value("a", Column.Value.Type.STRING),
            new Column.Value("q", Column.Value.Type.STRING));
    try (DatasetFileWriter writer =
        DatasetFileWriter.open(file.toString(), columns, Map.of(), WriteProfile.PUBLISHED)) {
      writer.write(new DatasetRow(new Object[] {"x", "so", "why"}, Provenance.real(ID)));
      writer.write(new DatasetRow(new Object[] {"x", null, "why"}, Provenance.real(ID)));
      writer.commit();
    }
    assertThat(readAt("parquet", file, "text", "q\ta")).containsExactly("x:why\0so");
    assertThat(refused).containsExactly("1:incomplete");
    assertThat(readAt("parquet", file, "text", "q")).containsExactly("x:why", "x:why");
  }
}
