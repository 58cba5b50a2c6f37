package dev.graft.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.ingest.sample.SampleData;
import dev.graft.spec.SourceSpec;
import dev.graft.spec.SplitSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceListingTest {
  @TempDir Path directory;

  @Test
  void dependsOnNamesAndContentsOnly() throws IOException {
    Path one = directory.resolve("one");
    Path other = directory.resolve("elsewhere/other");
    SampleData.write(one, "shapes", 1, 3);
    SampleData.write(other, "shapes", 1, 3);
    Files.setLastModifiedTime(other.resolve("star/star-00000.png"), FileTime.fromMillis(0));
    String digest = digest(one);
    assertThat(digest(other)).isEqualTo(digest);

    Files.move(other.resolve("star/star-00000.png"), other.resolve("star/moved.png"));
    assertThat(digest(other)).isNotEqualTo(digest);

    byte[] content = Files.readAllBytes(one.resolve("ring/ring-00001.png"));
    content[content.length - 20] ^= 1;
    Files.write(one.resolve("ring/ring-00001.png"), content);
    assertThat(digest(one)).isNotEqualTo(digest);
  }

  @Test
  void followsLinks() throws IOException {
    SampleData.write(directory.resolve("real"), "shapes", 1, 3);
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("real"));
    assertThat(digest(link)).isEqualTo(digest(directory.resolve("real")));
    assertThat(SourceFiles.at(link.toString())).hasSize(24);
  }

  @Test
  void fingerprintsOptionsSplitAndClassesToo() {
    SampleData.write(directory.resolve("s"), "shapes", 1, 3);
    SourceSpec source =
        IngestRuns.source("class-folders", Map.of("path", directory.resolve("s").toString()));
    String base = part(source, "{\"size\": 28}", new SplitSpec(0.1, 0.1, ""));
    assertThat(part(source, "{\"size\": 28}", new SplitSpec(0.1, 0.1, ""))).isEqualTo(base);
    assertThat(part(source, "{\"size\": 20}", new SplitSpec(0.1, 0.1, ""))).isNotEqualTo(base);
    assertThat(part(source, "{\"size\": 28}", new SplitSpec(0.2, 0.1, ""))).isNotEqualTo(base);
    assertThat(
            part(
                IngestRuns.tolerating(source, 0.5, false),
                "{\"size\": 28}",
                new SplitSpec(0.1, 0.1, "")))
        .isNotEqualTo(base);
    assertThat(base).doesNotContain(directory.toString());
  }

  private static String part(SourceSpec source, String options, SplitSpec split) {
    return new IngestStage()
        .fingerprintPart(IngestRuns.spec(source, options, split, 1), "")
        .toString();
  }

  private static String digest(Path path) {
    return SourceListing.of(IngestRuns.source("class-folders", Map.of("path", path.toString())))
        .digest();
  }
}
