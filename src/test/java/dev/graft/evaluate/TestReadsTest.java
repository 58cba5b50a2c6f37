package dev.graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestReadsTest {
  @TempDir Path work;

  @Test
  void numbersTheEvaluationsOfEachTestPart() {
    LabelledRows test = TinyWorld.rows(Part.TEST);
    LabelledRows other = TinyWorld.rows(Part.TUNE);
    assertThat(read(test, "a").reads()).isEqualTo(1);
    assertThat(read(test, "b").reads()).isEqualTo(2);
    assertThat(read(other, "b").reads()).isEqualTo(1);
    assertThat(read(test, "a").reads()).isEqualTo(1);
    assertThat(read(test, "c").reads()).isEqualTo(3);
    assertThat(read(test, "c").rows()).isEqualTo(test.size());
  }

  @Test
  void tellsTestPartsByTheirContent() {
    LabelledRows test = TinyWorld.rows(Part.TEST);
    int[] labels = test.labels().clone();
    labels[0] = 2;
    LabelledRows relabelled = new LabelledRows(test.rowSize(), test.values(), labels, test.ids());
    LabelledRows renamed =
        new LabelledRows(
            test.rowSize(),
            test.values(),
            test.labels(),
            test.ids().stream().map(id -> new dev.graft.data.SampleId(9, id.low())).toList());
    String digest = read(test, "a").digest();
    assertThat(read(relabelled, "a").digest()).isNotEqualTo(digest);
    assertThat(read(renamed, "a").digest()).isEqualTo(digest);
  }

  private TestReads.Reads read(LabelledRows test, String evaluation) {
    return TestReads.enter(work.toString(), test, evaluation);
  }
}
