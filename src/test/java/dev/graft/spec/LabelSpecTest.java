package dev.graft.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.graft.data.GraftException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a spec says of records of several labels, and its mistakes with their lines. */
class LabelSpecTest {
  private static final String GOOD =
      """
      name: tags
      source:
        format: csv
        path: data/tags.csv
        labels: tags
        label-separator: ;
      image: {size: 28}
      model: {define: vae.yaml}
      augment:
        synthetic: {per-class: 100, classes: {a + b: 7}}
      evaluate: {metrics: [coverage], utility: {arms: [real]}}
      publish: {to: out/tags}
      """;

  /** Formats whose records may have several labels: one of texts alone, one with lists. */
  private static final class WithLabels extends FixedVocabulary {
    @Override
    public Map<String, SourceKeys> sourceFormats() {
      Map<String, String> columns = Map.of("label", "label");
      Map<String, String> labels =
          Map.of("labels", "", "label-separator", "", "empty-labels", "refuse");
      Map<String, SourceKeys> formats = new TreeMap<>(super.sourceFormats());
      formats.put("csv", new SourceKeys(List.of("path"), columns, true, "", labels, false));
      formats.put("jsonl", new SourceKeys(List.of("path"), columns, true, "", labels, true));
      return formats;
    }
  }

  @TempDir Path folder;

  private PipelineSpec read(String yaml) throws IOException {
    Files.writeString(folder.resolve("s.yaml"), yaml);
    SpecRequest request = new SpecRequest(Path.of("s.yaml"), folder, List.of(), Map.of(), "");
    return new PipelineSpecReader(new WithLabels(), folder).read(request).spec();
  }

  @Test
  void theColumnOfLabelsMakesClassesOfSets() throws IOException {
    PipelineSpec spec = read(GOOD);
    assertThat(spec.source().severalLabels()).isTrue();
    assertThat(spec.source().mostLabelSets()).isEqualTo(1000);
    assertThat(spec.source().location("labels")).contains("tags");
    assertThat(spec.source().location("label-separator")).contains(";");
    assertThat(spec.source().location("empty-labels")).contains("refuse");
    assertThat(spec.augment().minRows()).isEqualTo(10);
    PipelineSpec stated =
        read(
            GOOD.replace("  labels: tags", "  labels: tags\n  max-label-sets: 40")
                .replace("augment:", "augment:\n  min-rows: 3"));
    assertThat(stated.source().mostLabelSets()).isEqualTo(40);
    assertThat(stated.augment().minRows()).isEqualTo(3);
  }

  @Test
  void specsOfOneLabelAreAsTheyWere() throws IOException {
    PipelineSpec spec =
        read(
            GOOD.replace("  labels: tags\n", "  label: topic\n")
                .replace("  label-separator: ;\n", "")
                .replace(", classes: {a + b: 7}", ""));
    assertThat(spec.source().severalLabels()).isFalse();
    assertThat(spec.augment().minRows()).isZero();
    assertThat(dev.graft.data.json.Json.tree(spec).toString())
        .doesNotContain("mostLabelSets", "minRows", "empty-labels", "label-separator");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "  label-separator: ; ~ `  empty-labels: keep` ~ 5: a field of the format csv is one text; say what is between labels",
        "  labels: tags ~ `  label: topic` ~ 6: label-separator is for records of several labels; name their column",
        "  labels: tags ~ `  labels: tags\n  label: topic` ~ 6: label is the column of one label and labels that of several",
        "  labels: tags ~ `  labels: tags\n  empty-labels: drop` ~ 6: empty-labels is drop; allowed: refuse, keep",
        "  labels: tags ~ `  labels: tags\n  max-label-sets: 0` ~ 6:",
        "  labels: tags ~ `  labels: tags\n  classes: [a, b + c]` ~ 6: source.classes has the label \"b + c\"; allowed",
        "  labels: tags ~ `  labels: tags\n  test: {path: t.csv}` ~ 6: source has labels and source.test has not",
        "augment: ~ `augment:\n  soft-labels: true` ~ 10: augment.soft-labels is true, but the records have several labels (source.labels)",
        "augment: ~ `augment:\n  soft-labels: judge` ~ 10: augment.soft-labels is \"judge\": expected true or false",
        "format: csv ~ `format: class-folders` ~ 5: the format class-folders has no key \"labels\"; it takes path",
      })
  void mistakesAreToldWithTheirLine(String part, String instead, String message)
      throws IOException {
    GraftException mistake =
        catchThrowableOfType(
            GraftException.class, () -> read(GOOD.replace(part.strip(), instead.strip())));
    assertThat(mistake).isNotNull();
    assertThat(mistake.getMessage()).contains("s.yaml:" + message);
  }

  @Test
  void formatsOfOneLabelHaveNoLimitOfSets() throws IOException {
    GraftException mistake =
        catchThrowableOfType(
            GraftException.class,
            () ->
                read(
                    GOOD.replace("format: csv", "format: class-folders")
                        .replace("  labels: tags\n", "  max-label-sets: 5\n")
                        .replace("  label-separator: ;\n", "")));
    assertThat(mistake.getMessage())
        .contains(
            "s.yaml:5: source.max-label-sets is for records of several labels; the format"
                + " class-folders has none: use csv, jsonl");
  }
}
