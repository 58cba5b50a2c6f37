package dev.graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.modality.RowText;
import dev.graft.modality.text.CanonicalText;
import dev.graft.modality.text.TextDemands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControlFiguresTest {
  private static final int SIZE = 32;
  private static final RowText TEXT = (values, offset) -> CanonicalText.read(values, offset, SIZE);

  private static LabelledRows rows(String... texts) {
    byte[] values = new byte[texts.length * SIZE];
    List<SampleId> ids = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      CanonicalText.write(texts[i], values, i * SIZE, SIZE);
      ids.add(new SampleId(0, i));
    }
    return new LabelledRows(SIZE, values, new int[texts.length], ids);
  }

  @Test
  void sharesAreOfTheRowsThatMeetEachControl() {
    TextDemands demands =
        TextDemands.of(
            Map.of("min-words", 2.0, "max-words", 3.0, "top-p", 0.9),
            Map.of("prefix", List.of("please", "hey"), "keywords", List.of("RAIN")));
    Map<String, ControlFigures> figures =
        ControlFigures.of(
            demands,
            TEXT,
            rows("please rain", "hey, rainy", "Please no rain today", "rain"),
            rows("please rain"));
    assertThat(figures)
        .isEqualTo(
            Map.of(
                "prefix", new ControlFigures(Figure.of(0.5), Figure.of(1)),
                "keywords", new ControlFigures(Figure.of(0.75), Figure.of(1)),
                "min-words", new ControlFigures(Figure.of(0.75), Figure.of(1)),
                "max-words", new ControlFigures(Figure.of(0.75), Figure.of(1))));
  }

  @Test
  void controlsThatShowInNoRowHaveNoFigure() {
    TextDemands demands = TextDemands.of(Map.of("top-p", 0.9), Map.of());
    assertThat(ControlFigures.of(demands, TEXT, rows("a"), rows())).isEmpty();
  }

  @Test
  void refusesWhatNoTextCanMeet() {
    assertThatThrownBy(() -> TextDemands.of(Map.of("min-words", 4.0, "max-words", 3.0), Map.of()))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining(
            "control max-words is 3; allowed: 1 or more, and not below min-words");
    assertThatThrownBy(() -> TextDemands.of(Map.of(), Map.of("keywords", List.of("?"))))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("control keywords has \"?\"");
  }
}
