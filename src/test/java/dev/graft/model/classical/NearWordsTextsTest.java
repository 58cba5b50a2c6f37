package dev.graft.model.classical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Condition;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.modality.text.CanonicalText;
import dev.graft.model.DefinitionReader;
import dev.graft.model.ModelDefinition;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.StoredModel;
import dev.graft.model.classical.NearWords.Near;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that are not just words: with spans, blank, alone in their class, too long. */
class NearWordsTextsTest {
  private static final int SIZE = 40;
  private static final int DRAWS = 64;

  @TempDir Path directory;

  private List<String> draw(List<String> texts, double share) throws IOException {
    Path file = directory.resolve("model.yaml");
    Files.writeString(
        file,
        """
        family: text-near-words
        architecture: {share: %s, splice: 1, across: 0.5}
        compute: {batch: 64}
        """
            .formatted(share));
    ModelDefinition definition = DefinitionReader.read(file);
    byte[] values = new byte[texts.size() * SIZE];
    List<SampleId> ids = new ArrayList<>();
    for (int row = 0; row < texts.size(); row++) {
      CanonicalText.writeMarked(texts.get(row), values, row * SIZE, SIZE);
      ids.add(new SampleId(row, 0));
    }
    DatasetSchema schema = new DatasetSchema("text", List.of(SIZE), List.of("one"));
    LabelledRows rows = new LabelledRows(SIZE, values, new int[texts.size()], ids);
    NearWords near = new NearWords(Map.of("song", List.of(new Near("symphonies", 0.7))));
    StoredModel model =
        new StoredModel(
            new StoredModel.ModelCard(
                "near", "", definition, schema, "", 1, "", 0, Map.of(), List.of()),
            near.addedTo(KeptRows.keep(rows, 100, 1, SIZE).weights()));
    try (Sampler sampler = new TextNearWordsFamily().open(model)) {
      byte[] drawn = sampler.sample(Condition.ofLabel(0), 5, 0, DRAWS, Controls.NONE);
      List<String> out = new ArrayList<>();
      for (int row = 0; row < DRAWS; row++) {
        out.add(CanonicalText.read(drawn, row * SIZE, SIZE));
      }
      return out;
    }
  }

  @Test
  void aTextWithSpansStaysWhole() throws IOException {
    String marked = "play \u0002a song\u0001 now";
    String plain = "what a song it was";
    List<String> drawn = draw(List.of(marked, plain), 1);
    assertThat(drawn).containsOnly(marked, "what a symphonies it was");
  }

  @Test
  void aTextGoesOnAsAnotherAndNotAsItself() throws IOException {
    assertThat(draw(List.of("alone here"), 0)).containsOnly("alone here");
    assertThat(draw(List.of("a b", "c d"), 0))
        .allMatch(text -> text.matches("(a|a b) (c d|d)|(c|c d) (a b|b)"))
        .doesNotContain("a b", "c d");
  }

  @Test
  void blankTextsAreBorne() throws IOException {
    assertThat(draw(List.of("  ", "c d"), 1)).isNotEmpty();
  }

  @Test
  void whatIsTooLongIsCut() throws IOException {
    assertThat(draw(List.of("song song song song song"), 1))
        .containsOnly("symphonies symphonies symphonies symphon");
  }
}
