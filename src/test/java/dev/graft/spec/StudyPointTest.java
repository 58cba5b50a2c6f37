package dev.graft.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import dev.graft.spec.AugmentSpec.Multiply;
import dev.graft.spec.EvaluateSpec.Choose;
import dev.graft.spec.SourceSpec.Take;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The spec of one draw of a study. */
class StudyPointTest {
  private static final String SPEC =
      """
      name: shapes
      seed: 5
      source: {format: class-folders, path: data, take: {per-class: 200, classes: {arrow: 4}}}
      image: {size: 28}
      model: {define: vae.yaml}
      augment: {synthetic: {per-class: 100}, controls: {truncation: 0.8}}
      evaluate: {utility: {arms: [real], choose: {steps: [10]}}}
      gates: {coverage: {min: 0.5}}
      publish: {to: /out/shapes}
      study: {sizes: [1000, 50], ratios: [2x, "0.5x"], seeds: 3}
      """;

  @TempDir Path folder;

  private SpecFile read(String... overrides) throws IOException {
    Files.writeString(folder.resolve("s.yaml"), SPEC);
    return new PipelineSpecReader(new FixedVocabulary(), folder)
        .read(new SpecRequest(Path.of("s.yaml"), folder, List.of(overrides), Map.of(), ""));
  }

  @Test
  void theSectionIsReadInOrderWithItsDefaults() throws IOException {
    StudySpec study = read().study().orElseThrow();
    assertThat(study.sizes()).containsExactly(50, 1000);
    assertThat(study.ratios()).containsExactly(0.5, 2.0);
    assertThat(study.arms()).containsExactly("real", "classical", "generated", "both");
    assertThat(study.choose()).isEqualTo(new Choose(List.of(10), List.of()));
    assertThat(read("study.choose={steps: [3, 4]}").study().orElseThrow().choose())
        .isEqualTo(new Choose(List.of(3, 4), List.of()));
  }

  @Test
  void aRunDoesNotLookAtTheSection() throws IOException {
    JsonNode with = Json.tree(read().spec());
    assertThat(Json.tree(read("study.seeds=9").spec())).isEqualTo(with);
    assertThat(with.toString()).doesNotContain("study");
  }

  @Test
  void aDrawHasItsBudgetItsSeedItsRatioAndItsPlace() throws IOException {
    SpecFile file = read();
    StudySpec study = file.study().orElseThrow();
    PipelineSpec spec = new StudyPoint(50, 1).spec(file.spec(), study, 0.5);
    assertThat(spec.source().take()).isEqualTo(new Take(50, Map.of("arrow", 3)));
    assertThat(new StudyPoint(1000, 1).spec(file.spec(), study, 2).source().take())
        .isEqualTo(new Take(1000, Map.of("arrow", 20)));
    assertThat(spec.augment().target()).isEqualTo(new Multiply(0.5));
    assertThat(spec.augment().controls()).isEqualTo(Map.of("truncation", 0.8));
    assertThat(spec.augment().softLabels()).isFalse();
    SpecFile soft = read("augment.soft-labels=true");
    assertThat(new StudyPoint(50, 1).spec(soft.spec(), study, 0.5).augment().softLabels()).isTrue();
    assertThat(spec.publish().to()).isEqualTo("/out/shapes/.graft/study/50-1");
    assertThat(spec.gates()).isEmpty();
    assertThat(spec.evaluate().utility().choose()).isEqualTo(study.choose());
  }

  @Test
  void drawsOfEqualNumberShareTheirSeedAndOthersDoNot() throws IOException {
    SpecFile file = read();
    StudySpec study = file.study().orElseThrow();
    long[] seeds =
        IntStream.range(0, 3)
            .mapToLong(seed -> new StudyPoint(50, seed).spec(file.spec(), study, 1).seed())
            .toArray();
    assertThat(seeds).doesNotHaveDuplicates();
    assertThat(LongStream.of(seeds)).allMatch(seed -> seed >= 0 && seed < 1L << 53);
    assertThat(new StudyPoint(1000, 2).spec(file.spec(), study, 2).seed()).isEqualTo(seeds[2]);
  }
}
