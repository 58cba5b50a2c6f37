package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileWriter;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.DatasetRow.Provenance;
import dev.graft.modality.Modalities;
import dev.graft.modality.Modality;
import dev.graft.modality.StoredPayload;
import dev.graft.publish.MissedStory;
import dev.graft.publish.SampleStories;
import dev.graft.publish.SampleStories.SampleStory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples of a dataset that was published without real rows. */
class DatasetStoryPageTest {
  private static final DatasetSchema SCHEMA =
      new DatasetSchema("image", List.of(1, 2, 2), List.of("cat", "dog"));
  private static final Modality IMAGE = Modalities.get("image");
  private static final Column LABEL = new Column.ClassLabel("label", SCHEMA.classes());

  @TempDir Path folder;

  @BeforeEach
  void publish() {
    List<DatasetRow> accepted = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      accepted.add(row("a" + i, i % 2, payload(), null, i / 10.0));
    }
    write("data/synthetic/train-00000-of-00001.parquet", accepted, false);
    write(
        "_rejected/rejected-00000-of-00001.parquet",
        List.of(row("r1", 1, null, "realism:min", 0.05), row("r0", 1, null, "realism:min", 0.01)),
        true);
  }

  private void manifest(String... parts) throws Exception {
    List<Map<String, Object>> columns =
        List.of(
            Map.of("name", "image", "type", "image", "names", List.of()),
            Map.of("name", "label", "type", "class-label", "names", List.of("cat", "dog")));
    Map<String, Object> manifest =
        Map.of(
            "format",
            1,
            "name",
            "pets",
            "modality",
            "image",
            "columns",
            columns,
            "models",
            Map.of(),
            "rows",
            Stream.of(parts).collect(Collectors.toMap(part -> part, part -> 1)));
    Files.writeString(folder.resolve("manifest.json"), Json.pretty(manifest));
  }

  @Test
  void tellsOfTheLowestIdsOfEachClassAndReason() throws Exception {
    manifest();
    SampleStories stories = SampleStories.of(folder.toString(), folder + "/store", 1);
    assertThat(stories.samples())
        .extracting(SampleStory::id, SampleStory::label, SampleStory::reason)
        .containsExactly(tuple("a0", 0, ""), tuple("a1", 1, ""), tuple("r0", 1, "realism:min"));
    assertThat(stories.rank("realism", 0.05)).isCloseTo(0.1, within(1e-9));
    assertThat(stories.rank("realism", 0.4)).isCloseTo(0.4, within(1e-9));
    assertThat(stories.rank("unknown", 0.4)).isNaN();
  }

  @Test
  void saysThatRealRowsAndRefusedPicturesAreNotPublished() throws Exception {
    manifest();
    SampleStories stories = SampleStories.of(folder.toString(), folder + "/store", 2);
    assertThat(stories.withReal()).isFalse();
    assertThat(stories.judged()).isFalse();
    assertThat(new DatasetStoryPage(stories, IMAGE.view(SCHEMA)).html())
        .contains("Real rows are not published with this dataset")
        .contains("refused by realism:min", "not published</small>", "data:image/png", "cat");
  }

  @Test
  void countsWhatIsMissedAndShowsNoRealRowThatIsNotPublished() throws Exception {
    manifest();
    assertThat(page()).contains("metrics.json</code> does not tell");
    metrics("", "");
    assertThat(page())
        .contains("Real rows are not published with this dataset, so none is shown")
        .contains("cat</th>", "7<small>of 20</small>", ">dog</th>", "0<small>of 21</small>")
        .doesNotContain("Missed test rows");
    metrics("\"t1\", \"t2\"", "\"t4\"");
    write("data/real/train-00000-of-00001.parquet", List.of(real("x", 0)), false);
    assertThat(page())
        .contains("Test rows are not published with this dataset")
        .doesNotContain("Missed test rows");
    manifest("real/test");
    assertThat(page())
        .contains("None of those that are named in <code>metrics.json</code> is among")
        .doesNotContain("Test rows are not published", "Missed test rows");
    write("data/real/test-00000-of-00001.parquet", List.of(real("t2", 0), real("t3", 0)), false);
    SampleStories stories = SampleStories.of(folder.toString(), folder + "/store", 1);
    assertThat(stories.missed())
        .extracting(MissedStory::name, MissedStory::missed, MissedStory::missedByReal)
        .containsExactly(tuple("cat", 7, 2), tuple("dog", 0, 1));
    assertThat(stories.missed().get(0).examples())
        .extracting(MissedStory.Example::id)
        .containsExactly("t2");
    assertThat(page()).contains("Missed test rows", "cat, t2").doesNotContain("cat, t3");
  }

  @Test
  void saysSoWhenNoneIsMissed() throws Exception {
    manifest("real/test");
    write("data/real/test-00000-of-00001.parquet", List.of(real("t2", 0)), false);
    Files.writeString(
        folder.resolve("metrics.json"),
        "{\"missed\": [{\"name\": \"cat\", \"rows\": 20, \"missed\": 0, \"missed-by-real\": 2}]}");
    assertThat(page()).contains("None is missed.").doesNotContain("not published with");
  }

  private String page() {
    return new DatasetStoryPage(
            SampleStories.of(folder.toString(), folder + "/store", 1), IMAGE.view(SCHEMA))
        .html();
  }

  private void metrics(String cats, String dogs) throws Exception {
    Files.writeString(
        folder.resolve("metrics.json"),
        """
        {"missed": [
          {"name": "cat", "rows": 20, "missed": 7, "missed-by-real": 2, "ids": [%s]},
          {"name": "dog", "rows": 21, "missed": 0, "missed-by-real": 1, "ids": [%s]}]}
        """
            .formatted(cats, dogs));
  }

  private static DatasetRow real(String id, int label) {
    Object stored = StoredPayload.toColumn(IMAGE.payloadColumn(), payload(), null);
    return new DatasetRow(new Object[] {stored, (long) label}, Provenance.real(id));
  }

  @Test
  void aFolderThatGraftDidNotPublishIsExitThree() {
    assertThatThrownBy(() -> SampleStories.of(folder.toString(), folder + "/store", 1))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("has no manifest.json");
  }

  private static byte[] payload() {
    return IMAGE.codec(SCHEMA).encode(new byte[] {1, 2, 3, 4}, 0);
  }

  private static DatasetRow row(
      String id, int label, byte[] payload, String reason, double realism) {
    Object stored =
        payload == null ? null : StoredPayload.toColumn(IMAGE.payloadColumn(), payload, null);
    Provenance from =
        new Provenance(
            id,
            true,
            "vae",
            "v",
            1L,
            "label=" + label,
            List.of(),
            "run",
            Map.of("realism", realism));
    Object[] values =
        reason == null
            ? new Object[] {stored, (long) label}
            : new Object[] {stored, (long) label, reason};
    return new DatasetRow(values, from);
  }

  private void write(String file, List<DatasetRow> rows, boolean refused) {
    List<Column> columns = new ArrayList<>(List.of(IMAGE.payloadColumn(), LABEL));
    if (refused) {
      columns.add(new Column.Value("reason", Column.Value.Type.STRING));
    }
    try (DatasetFileWriter writer =
        DatasetFileWriter.open(folder.resolve(file).toString(), columns, Map.of())) {
      rows.forEach(writer::write);
      writer.commit();
    }
  }
}
