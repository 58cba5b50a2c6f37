package dev.graft.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the sources themselves, for what class files no longer tell. */
class SourceStyleTest {
  private static final Path MAIN = Path.of("src/main/java");
  private static final Path TEST = Path.of("src/test/java");
  private static final int LONGEST_FILE = 400;
  private static final Pattern TOP_LEVEL_TYPE =
      Pattern.compile(
          "^(public )?((abstract|final|sealed|non-sealed|strictfp) )*"
              + "(class|interface|record|enum|@interface) (\\w+).*");
  private static final Pattern TEST_ANNOTATION =
      Pattern.compile("(?m)^ +@(Test|ParameterizedTest|RepeatedTest|Property|Example|ArchTest)\\b");
  private static final Pattern ABSTRACT_CLASS = Pattern.compile("(?m)^(public )?abstract class");
  private static final Pattern VAGUE_NAME = Pattern.compile(".*(Utils?|Manager|Helpers?)");

  @Test
  void noSourceFileIsLongerThanFourHundredLines() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : sources(MAIN, TEST)) {
      int lines = Files.readAllLines(file).size();
      if (lines > LONGEST_FILE) {
        tooLong.add(file + ": " + lines);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void publicTopLevelTypesHaveJavadoc() throws IOException {
    List<String> bare = new ArrayList<>();
    for (Path file : sources(MAIN)) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        Matcher type = TOP_LEVEL_TYPE.matcher(lines.get(i));
        if (type.matches() && type.group(1) != null && !documented(lines, i)) {
          bare.add(file + ": " + type.group(5));
        }
      }
    }
    assertThat(bare).isEmpty();
  }

  @Test
  void namesSayWhatATypeIs() throws IOException {
    List<String> vague = new ArrayList<>();
    for (Path file : sources(MAIN, TEST)) {
      String name = file.getFileName().toString().replace(".java", "");
      if (VAGUE_NAME.matcher(name).matches()) {
        vague.add(file.toString());
      }
    }
    assertThat(vague).isEmpty();
  }

  /** Surefire finds tests by these names; others would silently never run. */
  @Test
  void testsHaveNamesUnderWhichTheyRun() throws IOException {
    List<String> unseen = new ArrayList<>();
    for (Path file : sources(TEST)) {
      String source = Files.readString(file);
      boolean tests =
          TEST_ANNOTATION.matcher(source).find() && !ABSTRACT_CLASS.matcher(source).find();
      String name = file.getFileName().toString();
      if (tests && !name.endsWith("Test.java") && !name.endsWith("Proof.java")) {
        unseen.add(file.toString());
      }
    }
    assertThat(unseen).isEmpty();
  }

  /**
   * The last line above the type that is neither empty nor part of an annotation ends a comment.
   */
  private static boolean documented(List<String> lines, int type) {
    Optional<String> above = Optional.empty();
    for (int i = type - 1; i >= 0 && above.isEmpty(); i--) {
      String line = lines.get(i);
      boolean annotation = line.startsWith("@") || line.startsWith("  ") || line.startsWith(")");
      if (!line.isBlank() && !annotation && !line.startsWith("}")) {
        above = Optional.of(line);
      }
    }
    return above.filter(line -> line.endsWith("*/")).isPresent();
  }

  private static List<Path> sources(Path... roots) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path root : roots) {
      try (Stream<Path> paths = Files.walk(root)) {
        paths.filter(path -> path.toString().endsWith(".java")).forEach(files::add);
      }
    }
    assertThat(files).as("sources below %s", List.of(roots)).isNotEmpty();
    return files;
  }
}
