package dev.graft.ingest.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.GraftException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleDataTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"shapes", "shapes-colour", "idx", "utterances", "pairs"})
  void oneSeedGivesTheSameBytesAndAnotherOthers(String kind) throws IOException {
    Map<String, String> one = written(kind, "one", 7);
    assertThat(written(kind, "two", 7)).isEqualTo(one);
    Map<String, String> other = written(kind, "three", 8);
    assertThat(other.keySet()).isEqualTo(one.keySet());
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void moreRowsKeepTheEarlierOnes() throws IOException {
    SampleData.write(directory.resolve("few"), "shapes", 7, 2);
    SampleData.write(directory.resolve("many"), "shapes", 7, 4);
    assertThat(files(directory.resolve("many")))
        .containsAllEntriesOf(files(directory.resolve("few")));
  }

  @Test
  void writesPicturesThatAnybodyReads() throws IOException {
    SampleData.write(directory.resolve("c"), "shapes-colour", 7, 2);
    for (String name : new String[] {"heart/heart-00000.png", "heart/heart-00001.jpg"}) {
      var image = ImageIO.read(directory.resolve("c").resolve(name).toFile());
      assertThat(image.getWidth()).isEqualTo(32);
      assertThat(image.getRaster().getNumBands()).isEqualTo(3);
    }
  }

  @Test
  void pairsDifferAndAreOfTwoRequestsThatSpeakOfTheSame() throws IOException {
    SampleData.write(directory.resolve("p"), "pairs", 7, 300);
    List<String> lines = Files.readAllLines(directory.resolve("p/pairs.csv"));
    assertThat(lines).hasSize(601).startsWith("sentence1,sentence2,label").doesNotHaveDuplicates();
    assertThat(lines).filteredOn(line -> line.endsWith(",paraphrase")).hasSize(300);
    assertThat(lines).filteredOn(line -> line.endsWith(",different")).hasSize(300);
    assertThat(lines.subList(1, lines.size()))
        .noneMatch(line -> line.contains("{"))
        .allSatisfy(
            line -> {
              String[] fields = line.split(",");
              assertThat(fields).hasSize(3);
              assertThat(fields[0]).isNotEqualTo(fields[1]);
              // Of the days, which most requests name, a pair has one and not two.
              Set<String> days = new TreeSet<>(List.of(line.split("[ ,]")));
              days.retainAll(List.of("today", "tomorrow", "monday", "friday", "sunday"));
              assertThat(days).hasSizeLessThan(2);
            });
  }

  @Test
  void refusesWhatItCannotDo() throws IOException {
    Path full = Files.createDirectories(directory.resolve("full"));
    Files.writeString(full.resolve("x"), "x");
    assertThatThrownBy(() -> SampleData.write(full, "shapes", 1, 1))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("holds something already");
    assertThatThrownBy(() -> SampleData.write(directory.resolve("a"), "forms", 1, 1))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("known: shapes, shapes-colour, idx, parquet");
    assertThatThrownBy(() -> SampleData.write(directory.resolve("a"), "shapes", 1, 0))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("from 1 to 100000");
    assertThatThrownBy(() -> SampleData.write(full.resolve("x/y"), "shapes", 1, 1))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("is the place writable?");
    assertThat(SampleData.isThere(full)).isTrue();
    assertThat(SampleData.isThere(directory.resolve("a"))).isFalse();
  }

  private Map<String, String> written(String kind, String name, long seed) throws IOException {
    SampleData.write(directory.resolve(name), kind, seed, 3);
    return files(directory.resolve(name));
  }

  private static Map<String, String> files(Path root) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        files.put(
            root.relativize(path).toString(), java.util.Arrays.toString(Files.readAllBytes(path)));
      }
    }
    return files;
  }
}
