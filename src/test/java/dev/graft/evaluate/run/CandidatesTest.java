package dev.graft.evaluate.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.GraftException;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  @Test
  void moreRowsThanOneArrayHoldsAreRefusedInWords() {
    assertThatCode(() -> Candidates.checkSize(699_050, 3 * 32 * 32)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Candidates.checkSize(699_051, 3 * 32 * 32))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("699,051 candidates of 3,072 values")
        .hasMessageContaining("accept fewer");
  }
}
