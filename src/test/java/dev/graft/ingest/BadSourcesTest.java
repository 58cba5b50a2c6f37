package dev.graft.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.ExitCode;
import dev.graft.data.json.Json;
import dev.graft.ingest.sample.SampleData;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.SourceSpec;
import dev.graft.spec.SplitSpec;
import dev.graft.stage.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Sources that cannot be used: each ends with the documented code and a message with the cause. */
class BadSourcesTest {
  private static final SplitSpec SPLIT = new SplitSpec(0.15, 0.15, "");

  @TempDir static Path directory;

  /** Makes the input of a case in a folder of its own. */
  @FunctionalInterface
  private interface Source {
    SourceSpec in(Path folder) throws IOException;
  }

  private record Case(String name, ExitCode code, Source source, List<String> message) {}

  @TestFactory
  Stream<DynamicTest> table() {
    return Stream.of(
            input("missing images", this::missing, "nowhere does not exist"),
            input("folder instead of a file", this::folder, "is a folder", "takes files"),
            input(
                "wrong magic", idx(images(0x801, 20, 20), labels(20)), "0x00000801", "0x00000803"),
            input("swapped files", idx(labels(20), images(0x803, 20, 20)), "swapped"),
            input("no IDX at all", idx(text("hello, world"), labels(20)), "0x68656C6C"),
            input("header cut", idx(new byte[] {0, 0, 8}, labels(20)), "too short", "header"),
            input("truncated", idx(images(0x803, 20, 12), labels(20)), "784 bytes", "1296 bytes"),
            input("trailing bytes", idx(images(0x803, 10, 20), labels(10)), "1296 bytes"),
            input(
                "truncated inside gzip",
                idx(IdxFiles.gzip(images(0x803, 20, 12)), labels(20)),
                "ends in item 12",
                "announces 20"),
            input(
                "gzip cut", idx(half(IdxFiles.gzip(images(0x803, 20, 20))), labels(20)), "whole?"),
            input(
                "longer inside gzip",
                idx(IdxFiles.gzip(images(0x803, 10, 20)), labels(10)),
                "goes on after the 10"),
            input(
                "counts disagree",
                idx(images(0x803, 20, 20), labels(19)),
                "20 images",
                "19 labels"),
            input("no rows", idx(images(0x803, 0, 0), labels(0)), "has no rows"),
            input("huge images", this::hugeIdx, "60000 x 60000 pixels", "source.limits"),
            input(
                "labels out of range",
                in -> declared(IdxFiles.sound(in, "a", 40, 4, 1), "a", "b", "c"),
                "10 of 40 records were rejected (25 %), more than",
                "(0.1 %)",
                "mislabelled 10",
                "a-images#3 mislabelled: the label 3 is not from 0 to 2"),
            input(
                "empty class",
                in -> declared(IdxFiles.sound(in, "a", 40, 2, 1), "a", "b", "c"),
                "1 of the 3 classes has no rows: \"c\""),
            input("no class folders", in -> folders(in, Map.of()), "no sub-folders"),
            input("missing folder", in -> folders(in.resolve("gone"), null), "gone does not exist"),
            input(
                "file instead of a folder",
                in -> folders(Files.writeString(in.resolve("f"), "x"), null),
                "is a file",
                "takes a folder"),
            input(
                "empty class folder",
                in -> folders(shapes(in), Map.of("void/.keep", text(""))),
                "1 of the 9 classes has no rows: \"void\""),
            input(
                "huge PNG header",
                in -> folders(shapes(in), Map.of("star/huge.png", pngHeader(50_000, 50_000))),
                "1 of 49 records",
                "star/huge.png#0 oversized: 50000x50000 pixels"),
            input(
                "text named .png",
                in -> folders(shapes(in), Map.of("star/note.PNG", text("hello"))),
                "undecodable 1",
                "star/note.PNG#0 undecodable: not a PNG, JPEG, GIF or BMP file"),
            input(
                "empty file",
                in -> folders(shapes(in), Map.of("star/nil.jpeg", text(""))),
                "star/nil.jpeg#0 empty"),
            input(
                "picture beside the folders",
                in -> folders(shapes(in), Map.of("stray.png", pngHeader(28, 28))),
                "stray.png#0 mislabelled: the file lies in no class folder"),
            input(
                "undeclared folder",
                in -> folders(shapes(in), Map.of("moon/a.png", pngHeader(28, 28)), SHAPES),
                "moon/a.png#0 mislabelled: the label \"moon\" is none of the classes arrow, circle"),
            input(
                "missing Parquet",
                in -> parquet(in.resolve("x.parquet")),
                "x.parquet does not exist"),
            input("no Parquet inside", this::parquet, "holds no .parquet file"),
            input(
                "text named .parquet",
                in -> parquet(Files.writeString(in.resolve("x.parquet"), "x".repeat(99))),
                "cannot read",
                "x.parquet as Parquet"),
            input(
                "no such column",
                in -> {
                  SampleData.write(in.resolve("p"), "parquet", 1, 6);
                  return IngestRuns.source(
                      "parquet", Map.of("path", in.resolve("p").toString(), "image", "picture"));
                },
                "no readable column \"picture\"",
                "image"),
            new Case(
                "groups of a format without columns",
                ExitCode.USAGE,
                in -> declared(IdxFiles.sound(in, "by", 40, 4, 1)),
                List.of("split.by is \"speaker\"", "idx has no columns")))
        .map(row -> DynamicTest.dynamicTest(row.name, () -> check(row)));
  }

  private static void check(Case row) throws IOException {
    Path folder = Files.createTempDirectory(directory, "case");
    boolean grouped = row.code == ExitCode.USAGE;
    SourceSpec source = row.source.in(Files.createDirectory(folder.resolve("in")));
    String options = source.format().equals("idx") ? IdxFiles.OPTIONS : "{\"size\": 28}";
    PipelineSpec spec =
        IngestRuns.spec(source, options, grouped ? new SplitSpec(0.1, 0.1, "speaker") : SPLIT, 1);
    Outcome outcome = IngestRuns.fail(spec, folder.resolve("work"));
    assertThat(outcome.reason()).contains(row.message);
    assertThat(outcome.code()).isEqualTo(row.code.code());
    if (Files.exists(folder.resolve("work"))) {
      try (Stream<Path> files = Files.walk(folder.resolve("work"))) {
        assertThat(files).noneMatch(path -> path.endsWith("_SUCCESS"));
      }
    }
    assertThat(Json.canonical(outcome)).doesNotContain("Exception");
  }

  private static final String[] SHAPES = {
    "arrow", "circle", "cross", "heart", "ring", "square", "star", "triangle"
  };

  private static Case input(String name, Source source, String... message) {
    return new Case(name, ExitCode.INPUT, source, List.of(message));
  }

  private static Source idx(byte[] images, byte[] labels) {
    return in -> declared(IdxFiles.write(in, "a", images, labels));
  }

  private static byte[] images(int magic, int announced, int rows) {
    return IdxFiles.images(magic, announced, rows, 1);
  }

  private static byte[] labels(int rows) {
    return IdxFiles.labels(0x801, rows, IdxFiles.turns(rows, 2));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] half(byte[] content) {
    return Arrays.copyOf(content, content.length / 2);
  }

  private static SourceSpec declared(Map<String, String> locations, String... classes) {
    return IngestRuns.source("idx", locations, classes);
  }

  private SourceSpec missing(Path in) {
    return declared(Map.of("images", in.resolve("nowhere").toString(), "labels", in + "/x"));
  }

  private SourceSpec folder(Path in) throws IOException {
    Path labels = Files.write(in.resolve("labels"), labels(20));
    return declared(Map.of("images", in.toString(), "labels", labels.toString()));
  }

  private SourceSpec hugeIdx(Path in) {
    byte[] header =
        ByteBuffer.allocate(16).putInt(0x803).putInt(1).putInt(60_000).putInt(60_000).array();
    return declared(IdxFiles.write(in, "a", IdxFiles.gzip(header), labels(1)));
  }

  private static Path shapes(Path in) {
    Path folder = in.resolve("shapes");
    SampleData.write(folder, "shapes", 3, 6);
    return folder;
  }

  private static SourceSpec folders(Path root, Map<String, byte[]> more, String... classes)
      throws IOException {
    if (more != null) {
      for (Map.Entry<String, byte[]> file : more.entrySet()) {
        Path path = root.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
    }
    return IngestRuns.source("class-folders", Map.of("path", root.toString()), classes);
  }

  private SourceSpec parquet(Path path) {
    return IngestRuns.source("parquet", Map.of("path", path.toString()));
  }

  private static byte[] pngHeader(int width, int height) {
    ByteBuffer file = ByteBuffer.allocate(33);
    file.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    file.putInt(13).put(text("IHDR")).putInt(width).putInt(height);
    file.put(new byte[] {8, 0, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(file.array(), 12, 17);
    return file.putInt((int) crc.getValue()).array();
  }
}
