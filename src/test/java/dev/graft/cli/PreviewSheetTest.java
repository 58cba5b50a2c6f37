package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.workflow.Preview;
import dev.graft.workflow.Preview.ClassPreview;
import dev.graft.workflow.Preview.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreviewSheetTest {
  @Test
  void withoutRealPicturesThePageSaysSoAndRefusedCandidatesAreSquares() {
    Sample passes = new Sample(new byte[] {1}, Map.of("realism", 0.5f), "");
    Sample refused = new Sample(new byte[0], Map.of("realism", 0.1f), "realism:min");
    String page = page(false, List.of(), passes, refused);
    assertThat(page)
        .contains("include-real: false")
        .contains("<img 1 bytes>")
        .contains("<div class=\"hidden\" title=\"realism 0.100; refused by realism:min\"></div>")
        .doesNotContain("<img 0 bytes>")
        .doesNotContain("rows real");
    assertThat(page(true, List.of(new byte[3]), passes))
        .contains("after a few real pictures")
        .contains("<img 3 bytes>")
        .doesNotContain("include-real");
  }

  private static String page(boolean withReal, List<byte[]> real, Sample... samples) {
    ClassPreview cat = new ClassPreview("cat", real, List.of(samples));
    return new PreviewSheet("pets", (payload, title) -> "<img " + payload.length + " bytes>")
        .page(new Preview(List.of(cat), withReal, Map.of()));
  }
}
