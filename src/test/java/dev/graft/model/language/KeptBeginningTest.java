package dev.graft.model.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptBeginningTest {
  private static final Tokens CHARACTERS =
      TokenLevel.CHARACTERS.learn(List.of("abcdefghij klmn", "abcdefghij klmn"), 300);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          abcdefghij | 0.9   | a
          abcdefghij | 0.3   | abcdefg
          abcdefghij | 1     | ''
          abcdefghij | 1e-17 | abcdefghi
          a          | 1e-17 | ''
          ''         | 0.5   | ''
          ab cd efgh | 0.3   | ab cd
          """)
  void theFirstTokensAreKeptButNeverAll(String text, double strength, String kept) {
    int[] tokens = new KeptBeginning(CHARACTERS, strength, 100, 100).of(text);
    assertThat(CHARACTERS.decode(tokens, tokens.length).strip()).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({"3, 100, abc", "-1, 100, ''", "100, 0, ''"})
  void theRestHasRoom(int tokens, long words, String kept) {
    int[] beginning = new KeptBeginning(CHARACTERS, 0.1, tokens, words).of("abcdefghij");
    assertThat(CHARACTERS.decode(beginning, beginning.length)).isEqualTo(kept);
  }
}
