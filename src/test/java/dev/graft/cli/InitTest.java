package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.SampleId;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileWriter;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.DatasetRow.Provenance;
import dev.graft.data.parquet.MediaValue;
import dev.graft.data.parquet.WriteProfile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"shapes,class-folders", "shapes-colour,class-folders", "idx,idx", "parquet,parquet"})
  void whatItWritesIsRight(String kind, String format) {
    CommandRun.in(folder, "sample-data", "My Shapes", "--kind", kind, "--per-class", "4");
    CommandRun init = CommandRun.in(folder, "init", "My Shapes", "-o", "s.yaml");
    assertThat(init.err()).isEmpty();
    assertThat(init.status()).isZero();
    CommandRun validate = CommandRun.in(folder, "validate", "s.yaml");
    assertThat(validate.err()).isEmpty();
    assertThat(validate.out()).contains("my-shapes, image from " + format);
    assertThat(folder.resolve("s.yaml"))
        .content()
        .contains("# 32 pictures in 8 classes, 4 of each.")
        .contains(kind.endsWith("colour") ? "channels: colour" : "channels: grey")
        .contains("The smallest class has 4 pictures");
  }

  @Test
  void unevenClassesAreBalancedAndOtherSizesCropped() throws IOException {
    pictures("many", 40, 60, 30);
    pictures("few", 5, 60, 30);
    CommandRun init = CommandRun.in(folder, "init", "pets/images");
    assertThat(init.out())
        .contains("name: \"pets\"")
        .contains("# 45 pictures in 2 classes, 5 to 40 of each.")
        .contains("30 x 60 (45)")
        .contains("image: {size: 64, channels: grey, resize: crop, flip: false}")
        .contains("model: {define: models/image-vae-64.yaml}")
        .contains("balance: {to: largest, cap: 5x}");
  }

  @Test
  void textsAreReadFromTheirColumns() {
    CommandRun.in(folder, "sample-data", "asked", "--kind", "utterances", "--per-class", "20");
    CommandRun.in(folder, "init", "asked", "-o", "s.yaml");
    CommandRun validate = CommandRun.in(folder, "validate", "s.yaml");
    assertThat(validate.err()).isEmpty();
    assertThat(validate.out()).contains("asked, text from csv");
    assertThat(folder.resolve("s.yaml"))
        .content()
        .contains("# 120 texts in 6 classes, 20 of each.")
        .contains("  text: \"text\"\n  label: \"label\"\n")
        .containsPattern("text: \\{max-bytes: (32|64|96|128)}")
        .contains("model: {define: models/text-transformer.yaml}")
        .contains("copied-span")
        .doesNotContain("vary");
  }

  @Test
  void linesWithoutNamesAndWithStrayQuotesAreTakenAsTheyAre() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int row = 0; row < 20; row++) {
      lines.append(row % 5 == 0 ? "spam" : "ham").append("\tshe said \"ring ").append(row);
      lines.append(row == 3 ? "\"\n" : "\nham\t\"half of a quotation " + row + "\n");
    }
    Files.writeString(folder.resolve("Messages"), lines);
    CommandRun.in(folder, "init", "Messages", "-o", "s.yaml");
    assertThat(folder.resolve("s.yaml"))
        .content()
        .contains("# 39 texts in 2 classes, 4 to 35 of each.")
        .contains("  format: tsv\n")
        .contains("  text: \"2\"\n  label: \"1\"\n  header: \"none\"\n  quote: \"none\"\n");
    assertThat(CommandRun.in(folder, "validate", "s.yaml").err()).isEmpty();
  }

  @Test
  void aFileNamedTestIsTheOfficialTestSet() throws IOException {
    Files.createDirectories(folder.resolve("asked"));
    for (String part : new String[] {"train", "test"}) {
      StringBuilder lines = new StringBuilder();
      for (int row = 0; row < 12; row++) {
        lines
            .append("{\"id\": ")
            .append(row)
            .append(", \"intent\": \"")
            .append(row % 2 == 0 ? "a" : "b");
        lines.append("\", \"question\": \"where is ").append(row).append("?\"}\n");
      }
      Files.writeString(folder.resolve("asked/" + part + ".jsonl"), lines);
    }
    CommandRun init = CommandRun.in(folder, "init", "asked");
    assertThat(init.out())
        .contains("# 12 texts in 2 classes, 6 of each.")
        .contains(
            "  format: jsonl\n"
                + "  path: \"asked/train.jsonl\"\n"
                + "  text: \"question\"\n"
                + "  label: \"intent\"")
        .contains("    path: \"asked/test.jsonl\"\n");
  }

  /** Pairs in each format; the text columns are known by what they hold, not by their names. */
  @ParameterizedTest
  @CsvSource({
    "csv,sentence1,sentence2,gold_label,sentence1,sentence2",
    "tsv,premise,hypothesis,label,premise,hypothesis",
    "jsonl,source,target,kind,source,target",
    "csv,asked here,told,verdict,first,second",
    "jsonl,reason,label,class,first,second",
    "csv,asked,labels,class,first,second",
  })
  void pairsAreTwoColumnsOfSentences(
      String format, String one, String other, String label, String part, String second)
      throws IOException {
    Path file = folder.resolve("pairs." + format);
    StringBuilder lines = new StringBuilder();
    if (!format.equals("jsonl")) {
      lines.append(String.join(format.equals("csv") ? "," : "\t", "id", one, other, "by", label));
      lines.append('\n');
    }
    for (int row = 0; row < 120; row++) {
      // The first text of a pair comes twice, names are short, and numbers are no texts.
      List<String> values =
          List.of(
              "10000000000000000" + row,
              "how far is it to town " + row / 2,
              "the way from here to number " + row + " is long",
              "Anna S" + row,
              row % 3 == 0 ? "yes" : "no");
      lines.append(
          switch (format) {
            case "csv" -> String.join(",", values);
            case "tsv" -> String.join("\t", values);
            default ->
                "{\"id\": %s, \"%s\": \"%s\", \"%s\": \"%s\", \"by\": \"%s\", \"%s\": \"%s\"}"
                    .formatted(
                        values.get(0),
                        one,
                        values.get(1),
                        other,
                        values.get(2),
                        values.get(3),
                        label,
                        values.get(4));
          });
      lines.append('\n');
    }
    Files.writeString(file, lines);
    assertThat(validated("pairs." + format))
        .contains("# 120 pairs in 2 classes, 40 to 80 of each.")
        .contains("  text: [\"" + one + "\",\"" + other + "\"]\n  label: \"" + label + "\"\n")
        .contains("text: {parts: [" + part + ", " + second + "], max-bytes: 64}");
  }

  @Test
  void ofTwoTextsOfWhichOneIsATitleTheLongerIsTaken() throws IOException {
    StringBuilder lines = new StringBuilder("title,body,topic\n");
    for (int row = 0; row < 40; row++) {
      lines.append("of town ").append(row).append(",");
      lines.append("there is a town where people have lived for many years ".repeat(3));
      lines.append(row).append(row % 2 == 0 ? ",news\n" : ",other\n");
    }
    Files.writeString(folder.resolve("towns.csv"), lines);
    assertThat(CommandRun.in(folder, "init", "towns.csv").out())
        .contains("  text: \"body\"\n  label: \"topic\"\n")
        .contains("set: {architecture.max-tokens: 96}")
        .doesNotContain("parts");
  }

  @Test
  void textsOfParquetFilesAreKnownByWhatTheyHold() throws IOException {
    Column number = new Column.Value("class", Column.Value.Type.INT64);
    texts("single", number, 1L, 0L, "asked");
    assertThat(validated("single"))
        .contains("# 120 texts in 2 classes, 60 of each.")
        .contains("  format: parquet\n")
        .contains("  text: \"asked\"\n  label: \"class\"\n")
        .contains("classes: [\"0\",\"1\"]");
    texts("pairs", new Column.ClassLabel("gold", List.of("a", "b")), 0L, 1L, "asked", "told");
    assertThat(ingested("pairs").out())
        .contains("# 120 pairs in 2 classes, 60 of each.")
        .contains("  text: [\"asked\",\"told\"]\n  label: \"gold\"\n")
        .contains("text: {parts: [asked, told], ");
    texts("named", new Column.Value("kind", Column.Value.Type.STRING), "x", "y", "asked");
    assertThat(validated("named"))
        .contains("  text: \"asked\"\n  label: \"kind\"\n")
        .doesNotContain("classes: [");
  }

  /** 120 rows of a number, texts and one of two labels. */
  private void texts(String name, Column label, Object one, Object other, String... texts)
      throws IOException {
    Path file = Files.createDirectories(folder.resolve(name)).resolve("train.parquet");
    List<Column> columns = new ArrayList<>();
    columns.add(new Column.Value("number", Column.Value.Type.INT64));
    for (String text : texts) {
      columns.add(new Column.Value(text, Column.Value.Type.STRING));
    }
    columns.add(label);
    try (DatasetFileWriter writer =
        DatasetFileWriter.open(file.toString(), columns, Map.of(), WriteProfile.PUBLISHED)) {
      for (int row = 0; row < 120; row++) {
        List<Object> values = new ArrayList<>(List.of(1_000_000_000_000_000L + row));
        for (String text : texts) {
          values.add("what is " + text + " of number " + row);
        }
        values.add(row % 2 == 0 ? one : other);
        writer.write(
            new DatasetRow(values.toArray(), Provenance.real(SampleId.real("made", row).hex())));
      }
      writer.commit();
    }
  }

  @Test
  void foldersNamedTrainAndTestAreAnOfficialSplit() throws IOException {
    for (String part : new String[] {"train", "test"}) {
      pictures(part + "/a", 3, 28, 28);
      pictures(part + "/b", 3, 28, 28);
    }
    CommandRun init = CommandRun.in(folder, "init", "pets/images");
    assertThat(init.out())
        .contains("path: \"pets/images/train\"\n")
        .contains("    path: \"pets/images/test\"\n")
        .contains("split: {tune: 0.15}\n");
  }

  @Test
  void aFolderNamedTrainAloneStandsAboveTheClassesUnlessItIsOne() throws IOException {
    pictures("train/cat", 3, 28, 28);
    pictures("train/dog", 3, 28, 28);
    assertThat(CommandRun.in(folder, "init", "pets/images").out())
        .contains("# 6 pictures in 2 classes, 3 of each.")
        .contains("path: \"pets/images/train\"\n")
        .contains("split: {tune: 0.15, test: 0.15}\n");
    pictures("bus", 3, 28, 28);
    pictures("train", 3, 28, 28);
    assertThat(CommandRun.in(folder, "init", "pets/images").out())
        .contains("path: \"pets/images\"\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024", "true", "a \"b\" 'c'", "back\\slash", "a: b #c", "- x"})
  void namesThatYamlTakesForSomethingElseAreQuoted(String name) throws IOException {
    pictures("a", 3, 28, 28);
    Files.move(folder.resolve("pets"), folder.resolve(name));
    CommandRun init = CommandRun.in(folder, "init", "-o", "s.yaml", "--", name + "/images");
    assertThat(init.status()).as(init.err()).isZero();
    CommandRun plan = CommandRun.in(folder, "plan", "s.yaml");
    assertThat(plan.status()).as(plan.err()).isZero();
  }

  @Test
  void idsThatNothingNamesKeepTheirNumbers() throws IOException {
    Column label = new Column.Value("label", Column.Value.Type.INT64);
    parquet("numbered", label, false, 1, 0);
    assertThat(ingested("numbered").out())
        .contains("# 120 pictures in 2 classes, 60 of each.")
        .contains("classes: [\"0\",\"1\"]")
        .doesNotContain("synthetic: allow");
    parquet("gaps", label, false, 0, 2);
    CommandRun gaps = CommandRun.in(folder, "init", "gaps");
    assertThat(gaps.status()).isEqualTo(3);
    assertThat(gaps.err()).contains("the column \"label\" has the label 2 but none from 1 on");
  }

  @Test
  void ofGraftsOwnOutputTheRealRowsAreCountedAndTheOthersAllowed() throws IOException {
    parquet("own", new Column.ClassLabel("label", List.of("a", "b")), true, 0, 1);
    assertThat(ingested("own").out())
        .contains("# 60 pictures in 2 classes, 30 of each.")
        .contains("  synthetic: allow");
  }

  /** The draft for some data, which is a right spec. */
  private String validated(String place) {
    CommandRun.in(folder, "init", place, "-o", place + ".yaml");
    assertThat(CommandRun.in(folder, "validate", place + ".yaml").err()).isEmpty();
    return CommandRun.in(folder, "init", place).out();
  }

  /** The draft for some data, which INGEST has taken. */
  private CommandRun ingested(String place) {
    CommandRun.in(folder, "init", place, "-o", "s.yaml");
    CommandRun ingest = CommandRun.in(folder, "ingest", "s.yaml", "--runner", "DirectRunner");
    assertThat(ingest.status()).as(ingest.err()).isZero();
    return CommandRun.in(folder, "init", place);
  }

  /** 120 rows whose labels are {@code one} and {@code other}, half of them synthetic or none. */
  private void parquet(String name, Column label, boolean synthetic, long one, long other)
      throws IOException {
    Path file = Files.createDirectories(folder.resolve(name)).resolve("train.parquet");
    List<Column> columns = List.of(new Column.Image("image"), label);
    try (DatasetFileWriter writer =
        DatasetFileWriter.open(file.toString(), columns, Map.of(), WriteProfile.PUBLISHED)) {
      for (int row = 0; row < 120; row++) {
        String id = SampleId.real("made", row).hex();
        boolean made = synthetic && row % 4 < 2;
        writer.write(
            new DatasetRow(
                new Object[] {new MediaValue(picture(row), null), row % 2 == 0 ? one : other},
                made
                    ? new Provenance(id, true, "g", "m", 1L, "c", List.of(), null, Map.of())
                    : Provenance.real(id)));
      }
      writer.commit();
    }
  }

  private static byte[] picture(int number) throws IOException {
    BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setSample(number % 28, number / 28, 0, 200);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    return bytes.toByteArray();
  }

  @Test
  void unknownDataIsExitThreeAndNothingIsOverwritten() throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("texts")).resolve("a.txt"), "a");
    CommandRun unknown = CommandRun.in(folder, "init", "texts");
    assertThat(unknown.status()).isEqualTo(3);
    assertThat(unknown.err()).contains("texts holds nothing that is known: IDX files");
    assertThat(CommandRun.in(folder, "init", "nowhere").status()).isEqualTo(3);
    CommandRun again = CommandRun.in(folder, "init", "texts", "-o", "texts/a.txt");
    assertThat(again.status()).isEqualTo(2);
    assertThat(folder.resolve("texts/a.txt")).hasContent("a");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsExitTwo() throws IOException {
    pictures("a", 3, 28, 28);
    CommandRun run = CommandRun.in(folder, "init", "pets/images", "-o", "nowhere/s.yaml");
    assertThat(run.err()).contains("cannot write nowhere/s.yaml");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void aFileThatIsCutShortIsExitThree() throws IOException {
    CommandRun.in(folder, "sample-data", "data", "--kind", "idx", "--per-class", "2");
    try (Stream<Path> files = Files.list(folder.resolve("data"))) {
      for (Path file : files.toList()) {
        Files.write(file, Arrays.copyOf(unzipped(file), 10));
      }
    }
    CommandRun run = CommandRun.in(folder, "init", "data");
    assertThat(run.err()).contains("data cannot be read: a file in it is damaged or cut short");
    assertThat(run.status()).isEqualTo(3);
  }

  private static byte[] unzipped(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return bytes[0] == 0x1f
        ? new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes()
        : bytes;
  }

  private void pictures(String name, int count, int width, int height) throws IOException {
    Path place = Files.createDirectories(folder.resolve("pets/images").resolve(name));
    for (int i = 0; i < count; i++) {
      BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
      picture.getRaster().setSample(i % width, 0, 0, 200);
      ImageIO.write(picture, "png", place.resolve(i + ".png").toFile());
    }
  }
}
