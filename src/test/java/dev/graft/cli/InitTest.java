package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        .contains("name: pets")
        .contains("# 45 pictures in 2 classes, 5 to 40 of each.")
        .contains("30 x 60 (45)")
        .contains("image: {size: 64, channels: grey, resize: crop, flip: false}")
        .contains("model: {define: models/image-vae-64.yaml}")
        .contains("balance: {to: largest, cap: 5x}");
  }

  @Test
  void foldersNamedTrainAndTestAreAnOfficialSplit() throws IOException {
    for (String part : new String[] {"train", "test"}) {
      pictures(part + "/a", 3, 28, 28);
      pictures(part + "/b", 3, 28, 28);
    }
    CommandRun init = CommandRun.in(folder, "init", "pets/images");
    assertThat(init.out())
        .contains("path: pets/images/train\n")
        .contains("    path: pets/images/test\n")
        .contains("split: {tune: 0.15}\n");
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
