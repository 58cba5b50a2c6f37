package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSetsTest {
  @Test
  void aNameTellsItsLabelsWhateverTheirOrder() {
    assertThat(LabelSets.name(List.of("music", "c++", "a"))).isEqualTo("a + c++ + music");
    assertThat(LabelSets.labels("a + c++ + music")).containsExactly("a", "c++", "music");
    assertThat(LabelSets.name(Set.of())).isEqualTo("(none)");
    assertThat(LabelSets.labels("(none)")).isEmpty();
  }

  @Test
  void labelsOfPlusesAreToldApart() {
    for (Set<String> labels :
        List.of(Set.of("+", "++"), Set.of("!", "+", "a"), Set.of("a+", "+b", "a+b"))) {
      assertThat(labels).allMatch(LabelSets::allowed);
      assertThat(LabelSets.labels(LabelSets.name(labels)))
          .containsExactlyInAnyOrderElementsOf(labels);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", " a", "a ", "a + b", "a +b", "a+ b", "(none)"})
  void labelsThatCouldBeTakenForOthersAreNotAllowed(String label) {
    assertThat(LabelSets.allowed(label)).isFalse();
  }

  @Test
  void classesAreSetsOfLabelIds() {
    DatasetSchema schema =
        new DatasetSchema("text", List.of(8), List.of("(none)", "a + b", "b"))
            .withLabels(List.of("b", "a"));
    LabelSets sets = LabelSets.of(schema);
    assertThat(sets.ofClass(0)).isEmpty();
    assertThat(sets.ofClass(1)).containsExactly(0L, 1L);
    assertThat(sets.ofClass(2)).containsExactly(0L);
    assertThat(LabelSets.all(schema.classes())).containsExactly("a", "b");
  }
}
